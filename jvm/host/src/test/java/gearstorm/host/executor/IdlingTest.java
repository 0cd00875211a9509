package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class IdlingTest {
  private static final long SHORTEST_NS = 20_000;

  private static long nextNap(final Idling idling) {
    long next = idling.next();
    while (next == Idling.SPIN) {
      next = idling.next();
    }
    return next;
  }

  /** Naps, each of which ends with work; how long the last one is. */
  private static long napAfterWork(final Idling idling, final int times) {
    long nap = 0;
    for (int time = 0; time < times; time++) {
      nap = nextNap(idling);
      idling.onWork();
    }
    return nap;
  }

  @Test
  void itSpinsThenNapsTwiceThenSleeps() {
    final Idling idling = new Idling(6, 2, () -> false);
    assertEquals(Idling.SPIN, idling.next());
    assertEquals(SHORTEST_NS, nextNap(idling));
    assertEquals(SHORTEST_NS, idling.next());
    assertEquals(Idling.SLEEP, idling.next());
    assertEquals(Idling.SLEEP, idling.next());
  }

  @Test
  void whoSleepsStaysAsleepHoweverManyRoundsWithoutWorkFollow() {
    final Idling idling = new Idling(6, 2, () -> false);
    while (idling.next() != Idling.SLEEP) {
      // spins and naps
    }
    for (int round = 0; round < Integer.MAX_VALUE; round++) {
      if (idling.next() != Idling.SLEEP) {
        throw new AssertionError("awake in round " + round);
      }
    }
  }

  @Test
  void workThatComesWhileItSpinsLeavesTheNapsAsTheyAre() {
    final Idling idling = new Idling(100, 2, () -> false);
    for (int round = 0; round < 50; round++) {
      assertEquals(Idling.SPIN, idling.next());
      idling.onWork();
    }
    assertEquals(SHORTEST_NS, nextNap(idling));
  }

  @Test
  void napsThatBringWorkGrowWithTheExecutorsThatShareAProcessor() {
    assertEquals(SHORTEST_NS, napAfterWork(new Idling(2, 2, () -> false), 20));
    assertEquals(3 * SHORTEST_NS, napAfterWork(new Idling(6, 2, () -> false), 20));
    assertEquals(50 * SHORTEST_NS, napAfterWork(new Idling(100, 2, () -> false), 20));
    assertEquals(2_000_000, napAfterWork(new Idling(10_000, 2, () -> false), 20));
  }

  @Test
  void aNapInVainMakesTheNextOnesShortAgain() {
    final Idling idling = new Idling(100, 2, () -> false);
    assertTrue(napAfterWork(idling, 5) > SHORTEST_NS);
    while (idling.next() != Idling.SLEEP) {
      // spins and naps
    }
    idling.onWork();
    assertEquals(SHORTEST_NS, nextNap(idling));
  }

  @Test
  void whoMayDoesWithoutNaps() {
    final Idling idling = new Idling(6, 2, () -> true);
    assertEquals(Idling.SPIN, idling.next());
    assertEquals(Idling.SLEEP, nextNap(idling));
    idling.onWork();
    assertEquals(Idling.SPIN, idling.next());
    assertEquals(Idling.SLEEP, nextNap(idling));
  }

  @Test
  void sleepsInBetweenLeaveTheNapsAsLongAsTheyWere() {
    final boolean[] maySleep = {false};
    final Idling idling = new Idling(100, 2, () -> maySleep[0]);
    final long nap = napAfterWork(idling, 3);
    maySleep[0] = true;
    assertEquals(Idling.SLEEP, nextNap(idling));
    idling.onWork();
    maySleep[0] = false;
    assertEquals(2 * nap, nextNap(idling));
  }
}
