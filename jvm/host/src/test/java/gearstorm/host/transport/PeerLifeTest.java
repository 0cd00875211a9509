package gearstorm.host.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.transport.PeerLife.Verdict;
import org.junit.jupiter.api.Test;

class PeerLifeTest {
  private static final long MS = 1_000_000L;
  private static final long GRACE = 30_000 * MS;

  private final PeerLife life = new PeerLife(0, GRACE);

  @Test
  void whenNeverConnected_thenHoldsForTheGraceAndDropsAfterIt() {
    assertEquals(Verdict.HOLD, life.verdict(0));
    assertEquals(Verdict.HOLD, life.verdict(GRACE - 1));
    assertEquals(Verdict.DROP, life.verdict(GRACE));
  }

  @Test
  void whenConnectedAfterTheGrace_thenSends() {
    life.connected(GRACE * 2, 1);
    assertEquals(Verdict.SEND, life.verdict(GRACE * 2));
  }

  @Test
  void whenBrokenAfterALongLife_thenANewGraceBegins() {
    life.connected(0, 1);
    life.broken(GRACE * 5);
    assertEquals(Verdict.HOLD, life.verdict(GRACE * 6 - 1));
    assertEquals(Verdict.DROP, life.verdict(GRACE * 6));
  }

  @Test
  void whenThePeerKeepsCrashing_thenItsLivesShareOneGrace() {
    life.connected(0, 1);
    life.broken(GRACE); // begins the grace
    for (long at = GRACE; at < 2 * GRACE; at += 1000 * MS) {
      assertEquals(Verdict.HOLD, life.verdict(at));
      life.connected(at + 1, 2);
      life.broken(at + 500 * MS);
    }
    assertEquals(Verdict.DROP, life.verdict(2 * GRACE));
  }

  @Test
  void whenUnreachable_thenDelaysDoubleUpToTheLast() {
    assertEquals(0, life.attemptInNs(0));
    final long[] expected = {10, 20, 40, 80, 160, 320, 500, 500};
    for (final long delay : expected) {
      life.unreachable(0);
      assertEquals(delay * MS, life.attemptInNs(0));
    }
  }

  @Test
  void whenAConnectionBreaks_thenTheFirstDelayIsShortAgain() {
    for (int i = 0; i < 10; i++) {
      life.unreachable(0);
    }
    life.connected(1000 * MS, 1);
    life.broken(2000 * MS);
    assertEquals(10 * MS, life.attemptInNs(2000 * MS));
  }

  @Test
  void whenThePeerIsLost_thenOnlyDeltasForLivesThatAreOverMayBeDropped() {
    assertFalse(life.mayDropDelta(1, GRACE)); // nobody knows which life the peer is in
    life.connected(0, 65_535);
    assertFalse(life.mayDropDelta(65_535, GRACE * 9));
    life.broken(GRACE);
    assertFalse(life.mayDropDelta(65_535, GRACE * 2 - 1));
    assertTrue(life.mayDropDelta(65_535, GRACE * 2));
    assertTrue(life.mayDropDelta(65_534, GRACE * 2));
    assertFalse(life.mayDropDelta(1, GRACE * 2)); // 1 comes after 65535
  }

  @Test
  void whenRefused_thenTriesSlowly() {
    life.refused(0);
    assertEquals(PeerLife.REFUSED_DELAY_NS, life.attemptInNs(0));
  }
}
