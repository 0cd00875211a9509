package gearstorm.host.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PendingTableTest implements PendingTable.Outcome {
  private final List<Object> completed = new ArrayList<>();
  private final List<Object> failed = new ArrayList<>();
  private final PendingTable table = new PendingTable(7, 4, this);

  @Override
  public void completed(
      final int task, final int stream, final Object messageId, final long stampNs) {
    completed.add(messageId);
  }

  @Override
  public void failed(final int task, final int stream, final Object messageId, final long stampNs) {
    failed.add(messageId);
  }

  private long put(final Object messageId, final long xor) {
    final long root = table.nextRoot();
    table.put(root, xor, 1, 1, 0, messageId, 0);
    return root;
  }

  @Test
  void aRootIsTheIncarnationOverASequenceFromOne() {
    assertEquals((7L << 48) | 1, put("a", 5));
    assertEquals((7L << 48) | 2, put("b", 5));
  }

  // clause: anchoring
  @Test
  void aTreeCompletesWhateverTheOrderOfItsDeltas() {
    final EdgeIds edges = new EdgeIds(1);
    final Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      final long first = edges.next();
      final long root = put(round, first);
      // A chain of ten tuples, each acked with its own edge and its child's.
      final List<Long> deltas = new ArrayList<>();
      long edge = first;
      for (int hop = 0; hop < 10; hop++) {
        final long child = hop == 9 ? 0 : edges.next();
        deltas.add(edge ^ child);
        edge = child;
      }
      Collections.shuffle(deltas, random);
      for (int index = 0; index < 10; index++) {
        assertEquals(round, completed.size());
        table.apply(root, deltas.get(index), false);
      }
    }
    assertEquals(200, completed.size());
    assertEquals(0, table.size());
  }

  // clause: late-results
  @Test
  void lateRepeatedAndForeignDeltasTouchNothing() {
    final long first = put("first", 5);
    table.apply(first, 5, false);
    table.apply(first, 5, false);
    table.apply(first, 0, true);
    final long second = put("second", 9);
    table.apply((6L << 48) | (second & 0xFFFF), 9, false);
    table.apply(first + 4, 9, false);
    assertEquals(List.of("first"), completed);
    assertEquals(1, table.size());
    table.apply(second, 9, false);
    assertEquals(List.of("first", "second"), completed);
    assertTrue(failed.isEmpty());
  }

  @Test
  void aFailNamesOneTreeOnce() {
    final long root = put("a", 5);
    put("b", 5);
    table.apply(root, 0, true);
    table.apply(root, 0, true);
    assertEquals(List.of("a"), failed);
    assertEquals(1, table.size());
  }

  @Test
  void theTableGrowsAndKeepsEveryTree() {
    final List<Long> roots = new ArrayList<>();
    for (int number = 0; number < 1000; number++) {
      roots.add(put(number, number + 1));
    }
    for (int number = 0; number < 1000; number++) {
      table.apply(roots.get(number), number + 1, false);
    }
    assertEquals(1000, completed.size());
    assertEquals(0, completed.get(0));
    assertEquals(999, completed.get(999));
  }

  @Test
  void aTreeThatNeverEndsIsSteppedOver() {
    final long stuck = put("stuck", 5);
    for (int number = 0; number < 10_000; number++) {
      table.apply(put(number, 3), 3, false);
    }
    assertEquals(10_000, completed.size());
    assertEquals(1, table.size());
    table.apply(stuck, 5, false);
    assertEquals("stuck", completed.get(10_000));
  }

  // clause: timeout
  @Test
  void timeoutsFailBetweenTheFirstAndTheSecondRotationAfterThePut() {
    put("a", 5);
    table.rotate();
    put("b", 5);
    assertTrue(failed.isEmpty());
    table.rotate();
    assertEquals(List.of("a"), failed);
    table.rotate();
    assertEquals(List.of("a", "b"), failed);
    table.rotate();
    assertEquals(2, failed.size());
  }

  @Test
  void aTreeWithoutTuplesCompletesWhenSettled() {
    table.put(table.nextRoot(), 0, 0, 1, 0, "empty", 0);
    assertEquals(1, table.size());
    assertTrue(table.hasUnsettled());
    table.settle();
    assertEquals(List.of("empty"), completed);
    assertEquals(0, table.size());
  }
}
