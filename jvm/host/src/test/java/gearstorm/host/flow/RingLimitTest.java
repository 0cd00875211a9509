package gearstorm.host.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class RingLimitTest {
  private static final long MS = 1_000_000;

  private long nowNs = 7 * MS;
  private final RingLimit limit = new RingLimit(100, 800, () -> nowNs);

  private int nextAfter(final long passedNs, final long taken) {
    nowNs += passedNs;
    return limit.next(taken);
  }

  @Test
  void nothingIsKnownAtFirst() {
    assertEquals(100, nextAfter(0, 5_000));
  }

  @Test
  void itIsWhatIsTakenInFourMilliseconds() {
    nextAfter(0, 0);
    assertEquals(200, nextAfter(10 * MS, 500));
    assertEquals(400, nextAfter(20 * MS, 2_500));
  }

  @Test
  void itKeepsToItsBounds() {
    nextAfter(0, 0);
    assertEquals(800, nextAfter(10 * MS, 100_000));
    assertEquals(100, nextAfter(1_000 * MS, 100_001));
  }

  @Test
  void aQuickBeginningIsNotEnough() {
    nextAfter(0, 0);
    assertEquals(100, nextAfter(MS, 200));
    assertEquals(100, nextAfter(9 * MS, 200));
  }
}
