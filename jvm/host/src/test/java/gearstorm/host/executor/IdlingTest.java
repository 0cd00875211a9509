package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class IdlingTest {
  private static final long MILLISECOND_NS = 1_000_000;

  private long workDone;

  /** How an executor waits that has done so much since the last time. */
  private long waitAfter(final Idling idling, final long work) {
    workDone += work;
    idling.onWork();
    return next(idling);
  }

  private long next(final Idling idling) {
    long next = idling.next(workDone);
    while (next == Idling.SPIN) {
      next = idling.next(workDone);
    }
    return next;
  }

  @Test
  void itSpinsBeforeItSleepsAndStaysAsleepWithoutWork() {
    final Idling idling = new Idling(6, 2, () -> true);
    assertEquals(Idling.SPIN, idling.next(0));
    assertEquals(Idling.SLEEP, next(idling));
    assertEquals(Idling.SLEEP, idling.next(0));
    idling.onWork();
    assertEquals(Idling.SPIN, idling.next(1));
  }

  @Test
  void whoHasDoneLittleSleepsAndWhoIsInAFlowGathers() {
    final Idling idling = new Idling(6, 2, () -> true);
    assertEquals(Idling.SLEEP, waitAfter(idling, 15));
    assertEquals(MILLISECOND_NS, waitAfter(idling, 16));
    assertEquals(Idling.SLEEP, waitAfter(idling, 15));
  }

  @Test
  void whoMayNotSleepAtOnceGathersEvenAfterLittle() {
    final Idling idling = new Idling(6, 2, () -> false);
    assertEquals(MILLISECOND_NS, waitAfter(idling, 1));
  }

  @Test
  void gatheringInVainIsFollowedBySleep() {
    final Idling idling = new Idling(6, 2, () -> false);
    assertEquals(MILLISECOND_NS, waitAfter(idling, 100));
    assertEquals(Idling.SLEEP, idling.next(workDone));
    assertEquals(Idling.SLEEP, idling.next(workDone));
  }

  @Test
  void theMoreExecutorsShareAProcessorTheLongerTheyGather() {
    assertEquals(MILLISECOND_NS, waitAfter(new Idling(24, 2, () -> true), 100));
    assertEquals(2 * MILLISECOND_NS, waitAfter(new Idling(48, 2, () -> true), 100));
    assertEquals(6 * MILLISECOND_NS, waitAfter(new Idling(144, 2, () -> true), 100));
    assertEquals(6 * MILLISECOND_NS, waitAfter(new Idling(10_000, 2, () -> true), 100));
  }
}
