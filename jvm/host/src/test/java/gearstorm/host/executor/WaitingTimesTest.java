package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class WaitingTimesTest {
  @Test
  void waitsCountForWhatTheyWereFor() {
    final WaitingTimes waits = new WaitingTimes();
    waits.begin(10, false);
    waits.end(14);
    waits.begin(20, true);
    waits.end(29);
    assertEquals(4, waits.idleNs(100));
    assertEquals(9, waits.backpressuredNs(100));
  }

  @Test
  void theWaitThatGoesOnCountsUntilNow() {
    final WaitingTimes waits = new WaitingTimes();
    waits.begin(10, true);
    assertEquals(20, waits.backpressuredNs(30));
    assertEquals(0, waits.idleNs(30));
  }
}
