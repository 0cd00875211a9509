package gearstorm.local0x;

import java.util.function.BooleanSupplier;

/** Waits of test helpers, in real time. */
final class Patience {
  private static final int USUAL_MS = 5000;
  private static final long LOOK_MS = 10;

  private Patience() {}

  /** Storm's, which its tests set by the environment. */
  static int usualMs() {
    final String named = System.getenv("STORM_TEST_TIMEOUT_MS");
    return named == null ? USUAL_MS : Integer.parseInt(named);
  }

  /**
   * Returns when the condition holds.
   *
   * @param what names the condition
   * @param between runs between two looks
   * @throws AssertionError when it takes longer
   */
  static void await(
      final String what,
      final int timeoutMs,
      final BooleanSupplier condition,
      final Runnable between) {
    final long endNs = System.nanoTime() + timeoutMs * 1_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - endNs > 0) {
        throw new AssertionError("Test timed out (" + timeoutMs + "ms) waiting for " + what);
      }
      between.run();
      pause(LOOK_MS);
    }
  }

  static void pause(final long ms) {
    Sneaky.call(
        () -> {
          Thread.sleep(ms);
          return null;
        });
  }
}
