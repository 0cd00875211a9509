package gearstorm.host.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.spi.DrpcRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DrpcFetchesTest {
  private final DrpcFetches fetches = new DrpcFetches(0);

  /** Finds nothing, waits, and takes what comes later; how many it had asked for. */
  private int takeAt(final long nowNs, final long comesNs) {
    assertNull(fetches.poll(nowNs, true));
    fetches.onWait();
    final int due = fetches.due();
    fetches.onRequest(new DrpcRequest("id", "args"));
    assertNotNull(fetches.poll(comesNs, false));
    fetches.onWaited();
    return due;
  }

  /** How many were asked for and did not come. */
  private int takeQuickly(final int times) {
    int known = 0;
    for (int i = 0; i < times; i++) {
      known += takeAt(0, 0) - 1;
      assertTrue(known <= DrpcFetches.MAX_AHEAD, "ahead");
    }
    return known;
  }

  @Test
  void requestsThatComeNowAndThenAreAskedForOneAtATimeHoweverSoonTheTakerIsBack() {
    long nowNs = 0;
    for (int i = 0; i < 10; i++) {
      assertEquals(1, takeAt(nowNs, nowNs + DrpcFetches.QUICK_NS));
      assertEquals(0, fetches.due());
      nowNs += DrpcFetches.QUICK_NS;
    }
  }

  @Test
  void requestsThatComeQuicklyAreAskedForAheadWithinALimit() {
    assertTrue(takeQuickly(1_000) > 1);
  }

  @Test
  void whoMustNotBeAheadNeverIs() {
    for (int i = 0; i < 10; i++) {
      assertNull(fetches.poll(0, false));
      fetches.onWait();
      assertEquals(1, fetches.due());
      fetches.onRequest(new DrpcRequest("id", "args"));
      assertNotNull(fetches.poll(0, false));
      fetches.onWaited();
    }
  }

  @Test
  void whatWasAskedForAheadIsTakenBackWhenRequestsComeSlowly() {
    takeQuickly(100);
    assertNull(fetches.poll(DrpcFetches.QUICK_NS, true));
    fetches.onWait();
    assertTrue(fetches.withdraws());
    assertEquals(1, fetches.due(), "for who waits");
    assertFalse(fetches.withdraws(), "only once");
  }

  @Test
  void everyOneOfSeveralThatWaitHasOneAskedFor() {
    fetches.onWait();
    fetches.onWait();
    fetches.onWait();
    assertEquals(3, fetches.due());
    assertEquals(0, fetches.due());
    fetches.onWaited();
    assertEquals(0, fetches.due());
  }

  @Test
  void whatWasAskedForBeforeAllWasTakenBackMayStillCome() {
    fetches.onWait();
    fetches.due();
    assertEquals(List.of(), fetches.takeAll());
    fetches.onRequest(new DrpcRequest("late", ""));
    assertEquals(0, fetches.due(), "it is there");
    assertEquals(List.of(new DrpcRequest("late", "")), fetches.takeAll());
    assertEquals(1, fetches.due());
  }

  @Test
  void aRefusalLastsForItsTime() {
    assertFalse(fetches.isRefused(0));
    fetches.onRefused(5);
    assertTrue(fetches.isRefused(4));
    assertFalse(fetches.isRefused(5));
  }
}
