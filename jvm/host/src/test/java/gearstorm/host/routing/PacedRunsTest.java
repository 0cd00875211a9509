package gearstorm.host.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class PacedRunsTest {
  private static final int TASK = 7;
  private static final int TASKS = 2;
  private static final long MILLISECOND_NS = 1_000_000;

  private long nowNs = 5;
  private long taken;
  private int clockReadings;
  private final PacedRuns runs =
      new PacedRuns(
          task -> taken,
          () -> {
            clockReadings++;
            return nowNs;
          });

  /** Rounds of a target that takes so many tuples a second; the last length. */
  private int runAfter(final int rounds, final long takenPerSecond) {
    int run = 0;
    for (int round = 0; round < rounds; round++) {
      run = runs.next(TASK, TASKS);
      nowNs += MILLISECOND_NS;
      taken += takenPerSecond / 1000;
    }
    return run;
  }

  private void spreadTheFirst() {
    for (int round = 0; round < PacedRuns.SINGLES_MIN / TASKS; round++) {
      assertEquals(1, runs.next(TASK, TASKS));
    }
  }

  @Test
  void theFirstTuplesAreSpreadOneByOneHoweverQuickTheTargetIs() {
    assertEquals(1, runAfter((int) PacedRuns.SINGLES_MIN / TASKS, 10_000_000));
    assertEquals(0, clockReadings);
  }

  @Test
  void aRunIsWhatTheTargetTakesInAMillisecondUpToABound() {
    spreadTheFirst();
    assertEquals(10, runAfter(200, 10_000));
    assertEquals(PacedRuns.RUN_MAX, runAfter(200, 10_000_000));
  }

  @Test
  void whoTakesOneTupleAMillisecondOrLessGetsOneAtATime() {
    spreadTheFirst();
    assertEquals(PacedRuns.RUN_MAX, runAfter(200, 1_000_000));
    assertEquals(1, runAfter(200, 1_000));
    assertEquals(1, runAfter(200, 0));
  }

  @Test
  void aPauseOfTheFlowEndsTheRunsAtTheNextRound() {
    spreadTheFirst();
    assertEquals(PacedRuns.RUN_MAX, runAfter(200, 1_000_000));
    nowNs += 1000 * MILLISECOND_NS;
    assertEquals(1, runs.next(TASK, TASKS));
  }

  @Test
  void aRoundEndsWhenItsFlowHasBecomeSlow() {
    spreadTheFirst();
    assertEquals(PacedRuns.RUN_MAX, runAfter(200, 1_000_000));
    runs.next(TASK, TASKS);
    nowNs += MILLISECOND_NS;
    assertTrue(runs.goesOn());
    nowNs += 11 * MILLISECOND_NS;
    assertFalse(runs.goesOn());
    nowNs += 1000 * MILLISECOND_NS;
    assertEquals(1, runs.next(TASK, TASKS));
    nowNs += 1000 * MILLISECOND_NS;
    assertTrue(runs.goesOn(), "one at a time is as slow as it may be");
  }

  @Test
  void theClockIsReadForDozensOfTuplesOnce() {
    spreadTheFirst();
    runAfter(6400, 0);
    assertTrue(clockReadings <= 6400 * TASKS / 64 + 1, clockReadings + " readings");
  }
}
