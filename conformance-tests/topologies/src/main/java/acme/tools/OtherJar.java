package acme.tools;

import java.util.Arrays;

/**
 * Runs another main with a different file as the jar that is uploaded: JAR MAIN ARGS... What
 * StormSubmitter uploads is whatever the property storm.jar names.
 */
public final class OtherJar {
  private OtherJar() {}

  public static void main(String[] args) throws Exception {
    System.setProperty("storm.jar", args[0]);
    Class.forName(args[1])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(args, 2, args.length));
  }
}
