package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class QuickCallsTest {
  private static final long QUICK_LOOP_NS = 1_000;
  private static final long SLOW_LOOP_NS = 1_000_000;

  private final QuickCalls calls = new QuickCalls();
  private long nowNs = 5;

  private int limitAfter(final long loopNs, final int made) {
    calls.onLoop(nowNs);
    calls.onCalls(made);
    nowNs += loopNs;
    calls.onLoop(nowNs);
    return calls.limit();
  }

  @Test
  void theFirstCallHasAReadingOfTheClockForItself() {
    calls.onLoop(nowNs);
    assertEquals(1, calls.limit());
  }

  @Test
  void quickCallsAreAllowedTwiceAsManyEachTimeUpToEight() {
    assertEquals(2, limitAfter(QUICK_LOOP_NS, 1));
    assertEquals(4, limitAfter(QUICK_LOOP_NS, 2));
    assertEquals(8, limitAfter(QUICK_LOOP_NS, 4));
    assertEquals(8, limitAfter(QUICK_LOOP_NS, 8));
  }

  @Test
  void oneSlowLoopBringsBackTheReadingForEachCall() {
    limitAfter(QUICK_LOOP_NS, 1);
    limitAfter(QUICK_LOOP_NS, 2);
    assertEquals(1, limitAfter(SLOW_LOOP_NS, 4));
  }

  @Test
  void aCallThatHadNothingToDoBringsItBackToo() {
    limitAfter(QUICK_LOOP_NS, 1);
    limitAfter(QUICK_LOOP_NS, 2);
    calls.onEmpty();
    assertEquals(1, calls.limit());
  }

  @Test
  void aLoopWithOtherWorkSaysNothingOfTheCalls() {
    limitAfter(QUICK_LOOP_NS, 1);
    assertEquals(2, limitAfter(SLOW_LOOP_NS, 0));
    assertEquals(2, limitAfter(QUICK_LOOP_NS, 0));
  }
}
