package gearstorm.host.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.progress.RootId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendQueuesTest {
  private static final int BYTES = 10;
  private static final long PLENTY = 1 << 20;

  private final SendQueues queues = new SendQueues();
  private final SendRing ring = queues.ringOf(1);
  private final SendCredit credit = queues.creditOf(10);

  @Test
  void whenTheConnectionChanges_thenTuplesThatWaitNeedItsCredit() {
    assertTrue(credit.grant(2, PLENTY));
    put(0);
    put(0);
    queues.resetCredits();
    assertEquals(0, sent());
    assertFalse(credit.tryAccept(BYTES));
    assertTrue(credit.grant(1, PLENTY));
    assertEquals(1, sent());
    assertFalse(credit.tryAccept(BYTES)); // the one that still waits comes first
    assertTrue(credit.grant(3, PLENTY));
    assertTrue(credit.tryAccept(BYTES));
    assertFalse(credit.tryAccept(BYTES));
    assertEquals(1, sent());
  }

  @Test
  void whenAGrantShrinksOrIsNegative_thenItIsNotTaken() {
    assertTrue(credit.grant(5, PLENTY));
    assertFalse(credit.grant(4, PLENTY));
    assertFalse(credit.grant(-1, PLENTY));
    assertTrue(credit.tryAccept(BYTES));
  }

  @Test
  void whenTheBytesAreUsedUp_thenNoTupleIsAcceptedButWhatStandsInARingGoes() {
    assertTrue(credit.grant(10, 15));
    put(0);
    assertFalse(credit.tryAccept(BYTES)); // its 26 bytes went in because there were 15
    assertFalse(credit.grant(10, 14));
    assertTrue(credit.grant(10, 27));
    put(0);
    assertEquals(2, sent());
    queues.resetCredits();
    assertTrue(credit.grant(10, 1));
    put(0);
    assertEquals(1, sent());
  }

  @Test
  void whenEverythingIsDiscarded_thenItsTreesAreNamed() {
    assertTrue(credit.grant(10, PLENTY));
    put(41);
    put(0);
    put(42);
    final List<Long> lost = new ArrayList<>();
    assertEquals(3, queues.discard((task, root) -> lost.add(root)));
    assertEquals(List.of(41L, 42L), lost);
    assertNull(ring.take());
  }

  @Test
  void whenARingIsFullInTuplesOrBytes_thenItHasNoRoom() {
    for (int i = 0; i < SendRing.TUPLES_MAX; i++) {
      assertTrue(ring.hasRoom());
      ring.put(credit, new byte[10]);
    }
    assertFalse(ring.hasRoom());
    final SendRing large = queues.ringOf(2);
    assertTrue(large.hasRoom());
    large.put(credit, new byte[(int) SendRing.BYTES_MAX]);
    assertFalse(large.hasRoom());
    assertNotNull(large.take());
    assertTrue(large.hasRoom());
  }

  @Test
  void whenTuplesAreDiscarded_thenDeltasStay() {
    final DeltaRing deltas = queues.newDeltaRing();
    assertTrue(deltas.offer(1, RootId.of(3, 1), 5, false));
    assertEquals(0, queues.discard((task, root) -> {}));
    assertFalse(deltas.isEmpty());
  }

  @Test
  void whenDeltasAreForAnotherLifeOfThePeer_thenEarlierOnesAreDroppedAndLaterOnesWait() {
    final FrameBatch batch = new FrameBatch(FrameBatch.DATA_BYTES);
    final DeltaRing deltas = queues.newDeltaRing();
    assertTrue(deltas.offer(1, RootId.of(2, 9), 5, false));
    assertTrue(queues.fillProgress(batch, 3));
    assertTrue(batch.isEmpty());
    assertTrue(deltas.isEmpty());
    assertTrue(deltas.offer(1, RootId.of(4, 1), 5, false));
    assertFalse(queues.fillProgress(batch, 3));
    batch.clear();
    assertTrue(queues.fillProgress(batch, 4));
    assertFalse(batch.isEmpty());
    assertTrue(deltas.isEmpty());
  }

  private void put(final long root) {
    final byte[] tuple = TupleFormat.encode(TestTuple.tracked(10, 1, root, 0L), new byte[8]);
    assertTrue(credit.tryAccept(tuple.length));
    ring.put(credit, tuple);
  }

  private int sent() {
    return queues.fillTuples(new FrameBatch(FrameBatch.DATA_BYTES));
  }
}
