package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SleepBudgetTest {
  private static final long MS = 1_000_000;
  private static final long START = 5 * MS;

  private final SleepBudget budget = new SleepBudget(1, START);

  /** Asks every microsecond; how many sleeps were granted. */
  private int ask(final long fromNs, final long toNs) {
    int granted = 0;
    for (long nowNs = fromNs; nowNs - toNs < 0; nowNs += 1_000) {
      granted += budget.take(nowNs) ? 1 : 0;
    }
    return granted;
  }

  @Test
  void whoIsIdleNowAndThenAlwaysSleepsAtOnce() {
    for (long at = START; at - (START + 1_000 * MS) < 0; at += MS / 10) {
      assertTrue(budget.take(at));
    }
  }

  @Test
  void tooManySleepsAreFollowedByNapsForAWhile() {
    assertEquals(200, ask(START, START + 10 * MS));
    assertFalse(budget.take(START + 15 * MS));
    assertTrue(budget.take(START + 25 * MS));
  }

  @Test
  void whileTheyRemainTooManyTheyAreTriedLessAndLess() {
    final int first = ask(START, START + 1_000 * MS);
    final int later = ask(START + 1_000 * MS, START + 10_000 * MS);
    assertTrue(first >= 1_000, "in the first second " + first);
    assertTrue(later <= 9 * 400, "in nine more " + later);
  }

  @Test
  void afterAQuietTimeThePausesAreShortAgain() {
    ask(START, START + 5_000 * MS);
    final long quiet = START + 7_000 * MS;
    assertTrue(budget.take(quiet));
    ask(quiet + 100 * MS, quiet + 110 * MS);
    assertFalse(budget.take(quiet + 110 * MS));
    assertTrue(budget.take(quiet + 130 * MS));
  }
}
