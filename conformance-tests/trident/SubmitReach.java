import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import storm.starter.trident.TridentReach;

/** Submits TridentReach, whose own main runs it in its process only: NAME WORKERS. */
public final class SubmitReach {
  private SubmitReach() {}

  public static void main(String[] args) throws Exception {
    Config conf = new Config();
    conf.setNumWorkers(Integer.parseInt(args[1]));
    StormSubmitter.submitTopology(args[0], conf, TridentReach.buildTopology(null));
  }
}
