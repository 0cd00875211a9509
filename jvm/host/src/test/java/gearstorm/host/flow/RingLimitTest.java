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
    assertEquals(200, nextAfter(MS, 50));
    assertEquals(400, nextAfter(2 * MS, 250));
  }

  @Test
  void itKeepsToItsBounds() {
    nextAfter(0, 0);
    assertEquals(800, nextAfter(MS, 100_000));
    assertEquals(100, nextAfter(1_000 * MS, 100_001));
    assertEquals(800, nextAfter(0, 200_000));
  }
}
