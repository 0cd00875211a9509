package acme.local;

import backtype.storm.utils.Time;
import java.util.Arrays;

/**
 * Runs a main while Storm's time goes so many times slower than the clock's: TIMES MAIN
 * [ARGUMENT...]. What storm-starter's SingleJoinExample gives its topology is two seconds of
 * Storm's time, which Storm may need to start a worker.
 */
public final class Slow {
  private Slow() {}

  public static void main(final String[] args) throws Exception {
    final int times = Integer.parseInt(args[0]);
    Time.startSimulating();
    final Thread clock = new Thread(() -> run(times));
    clock.setDaemon(true);
    clock.start();
    final String[] rest = Arrays.copyOfRange(args, 2, args.length);
    Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object) rest);
  }

  private static void run(final int times) {
    try {
      while (true) {
        Thread.sleep(times);
        Time.advanceTime(1);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
