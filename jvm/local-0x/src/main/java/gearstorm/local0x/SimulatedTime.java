package gearstorm.local0x;

import backtype.storm.utils.Time;
import gearstorm.host.executor.Traffic;

/**
 * Storm's simulated time: while it is on, timeouts, ticks and waits of the executors go by it. The
 * control plane's own waits, such as that of a kill, are real.
 */
public final class SimulatedTime {
  private static final int STEP_SECS = 10;
  private static final long CALM_MS = 5;
  private static final int CALM_LOOKS = 3;

  private SimulatedTime() {}

  /** Lets the time of the cluster go on in steps, and each step have its effects. */
  public static void advance(final LocalRuntime runtime, final int secs, final int stepSecs) {
    for (int left = secs; left > 0; left -= stepSecs) {
      Time.advanceTime(1000L * Math.min(left, stepSecs));
      runtime.clockMoved();
      awaitCalm(runtime);
    }
  }

  /** Between two looks of a wait: simulated time must go on for anything to happen. */
  static void passBetweenLooks(final LocalRuntime runtime) {
    if (Time.isSimulating()) {
      advance(runtime, STEP_SECS, 1);
    }
  }

  /** Returns when the executors have nothing to do, as far as can be seen. */
  static void awaitCalm(final LocalRuntime runtime) {
    Patience.await("an idle cluster", Patience.usualMs(), () -> isCalm(runtime), () -> {});
  }

  /** Whether every tuple that was sent has been executed, and nothing moves. */
  static boolean isCalm(final LocalRuntime runtime) {
    final Traffic first = runtime.traffic();
    for (int look = 0; look < CALM_LOOKS; look++) {
      if (first.transferred() != first.executed() || !first.equals(runtime.traffic())) {
        return false;
      }
      Patience.pause(CALM_MS);
    }
    return first.equals(runtime.traffic());
  }
}
