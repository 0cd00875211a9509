package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.Roots;
import gearstorm.host.spi.StreamInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an executor that takes tuples one after the other tells the spouts of their acks. */
class ProgressWaysTest {
  private static final int SPOUT_TASK = 1;
  private static final int BOLT_TASK = 2;
  private static final long TREE = 100;
  private static final long OTHER = 200;

  private final List<Delta> sent = new ArrayList<>();
  private boolean full;
  private final ProgressWays ways =
      new ProgressWays(
          SPOUT_TASK,
          task ->
              new ProgressOutlet() {
                @Override
                public boolean offer(
                    final int rootTask, final long root, final long xor, final boolean failed) {
                  if (!full) {
                    sent.add(new Delta(root, xor, failed));
                  }
                  return !full;
                }

                @Override
                public void signal() {}
              },
          new TreeWays(null, null));

  private record Delta(long root, long xor, boolean failed) {}

  private static final FakeTuple.Factory FACTORY =
      new FakeTuple.Factory(SPOUT_TASK, new StreamInfo("spout", "default", 0, List.of("value")));

  private static HostTuple tuple(final long root, final long edge) {
    return FACTORY.newTuple(List.of("x"), BOLT_TASK, SPOUT_TASK, root, edge);
  }

  private static Delta ack(final long root, final long xor) {
    return new Delta(root, xor, false);
  }

  @Test
  void tuplesOfOneTreeInARowAreOneDelta() {
    final HostTuple parent = tuple(TREE, 4);
    parent.addChildEdge(16);
    assertFalse(ways.turnTo(TREE));
    ways.ackInTurn(tuple(TREE, 1));
    assertFalse(ways.turnTo(TREE));
    ways.ackInTurn(tuple(TREE, 2));
    assertFalse(ways.turnTo(OTHER));
    assertEquals(List.of(), sent);
    ways.ackInTurn(parent);
    assertEquals(List.of(ack(TREE, 0x17)), sent);
    assertFalse(ways.turnTo(0));
    ways.ackInTurn(tuple(OTHER, 8));
    assertEquals(List.of(ack(TREE, 0x17), ack(OTHER, 8)), sent);
  }

  @Test
  void oneThatIsNotAckedInItsTurnReleasesWhatWaitedForIt() {
    ways.turnTo(TREE);
    ways.ackInTurn(tuple(TREE, 1));
    assertFalse(ways.turnTo(OTHER)); // now that of the tree is executed, and not acked
    assertEquals(List.of(), sent);
    assertTrue(ways.turnTo(0));
    ways.releaseHeld();
    assertEquals(List.of(ack(TREE, 1)), sent);
    ways.ackInTurn(tuple(TREE, 2)); // late
    assertEquals(List.of(ack(TREE, 1), ack(TREE, 2)), sent);
  }

  @Test
  void aTupleOfAnotherTreeIsAckedAtOnceAndOneThatWaitsStays() {
    ways.turnTo(TREE);
    ways.ackInTurn(tuple(TREE, 1));
    ways.turnTo(0);
    ways.ackInTurn(tuple(OTHER, 8)); // one from before, while that of the tree is executed
    assertEquals(List.of(ack(OTHER, 8)), sent);
    ways.ackInTurn(tuple(TREE, 2));
    assertEquals(List.of(ack(OTHER, 8), ack(TREE, 3)), sent);
  }

  @Test
  void aFailAndAnAckByAnotherThreadWaitForNothing() {
    ways.turnTo(TREE);
    ways.fail(tuple(TREE, 1));
    ways.ack(tuple(TREE, 2));
    assertEquals(List.of(new Delta(TREE, 1, true), ack(TREE, 2)), sent);
  }

  @Test
  void aTupleOfSeveralTreesWaitsForNothing() {
    final Roots roots =
        new Roots(new int[] {SPOUT_TASK, SPOUT_TASK}, new long[] {TREE, OTHER}, new long[] {1, 2});
    ways.turnTo(TREE);
    ways.ackInTurn(FACTORY.newTuple(List.of("x"), BOLT_TASK, roots));
    assertEquals(List.of(ack(TREE, 1), ack(OTHER, 2)), sent);
  }

  @Test
  void whatFindsNoRoomIsOwed() {
    full = true;
    ways.turnTo(TREE);
    ways.ackInTurn(tuple(TREE, 1));
    assertFalse(ways.owing());
    ways.turnTo(0);
    ways.ackInTurn(tuple(TREE, 2));
    assertTrue(ways.owing());
    full = false;
    ways.flush();
    assertEquals(List.of(ack(TREE, 3)), sent);
  }
}
