package acme.bench;

import backtype.storm.StormSubmitter;
import backtype.storm.utils.Utils;
import java.util.Map;

/** Uploads a file as StormSubmitter uploads a jar and prints the milliseconds: FILE TIMES. */
public final class Upload {
  private Upload() {}

  public static void main(String[] args) {
    Map conf = Utils.readStormConfig();
    for (int round = 0; round < Integer.parseInt(args[1]); round++) {
      long start = System.nanoTime();
      StormSubmitter.submitJar(conf, args[0]);
      System.out.println("upload-ms " + (System.nanoTime() - start) / 1_000_000);
    }
  }
}
