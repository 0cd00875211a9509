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
  private static final int OTHER_SPOUT_TASK = 2;
  private static final int BOLT_TASK = 3;
  private static final long TREE = 100;
  private static final long OTHER = 200;

  private final List<Delta> sent = new ArrayList<>();
  private boolean full;
  private final ProgressWays ways =
      new ProgressWays(
          OTHER_SPOUT_TASK,
          task ->
              new ProgressOutlet() {
                @Override
                public boolean offer(
                    final int rootTask, final long root, final long xor, final boolean failed) {
                  if (!full) {
                    sent.add(new Delta(rootTask, root, xor, failed));
                  }
                  return !full;
                }

                @Override
                public void signal() {}
              },
          new TreeWays(null, null));

  private record Delta(int rootTask, long root, long xor, boolean failed) {}

  private static final FakeTuple.Factory FACTORY =
      new FakeTuple.Factory(SPOUT_TASK, new StreamInfo("spout", "default", 0, List.of("value")));

  private static HostTuple tuple(final long root, final long edge) {
    return tuple(SPOUT_TASK, root, edge);
  }

  private static HostTuple tuple(final int rootTask, final long root, final long edge) {
    return FACTORY.newTuple(List.of("x"), BOLT_TASK, rootTask, root, edge);
  }

  private static Delta ack(final long root, final long xor) {
    return new Delta(SPOUT_TASK, root, xor, false);
  }

  @Test
  void tuplesOfOneTreeInARowAreOneDelta() {
    final HostTuple parent = tuple(TREE, 4);
    parent.addChildEdge(16);
    assertFalse(ways.turnTo(tuple(TREE, 0)));
    ways.ackInTurn(tuple(TREE, 1));
    assertFalse(ways.turnTo(tuple(TREE, 0)));
    ways.ackInTurn(tuple(TREE, 2));
    assertFalse(ways.turnTo(tuple(OTHER, 0)));
    assertEquals(List.of(), sent);
    ways.ackInTurn(parent);
    assertEquals(List.of(ack(TREE, 0x17)), sent);
    assertFalse(ways.turnTo(null));
    ways.ackInTurn(tuple(OTHER, 8));
    assertEquals(List.of(ack(TREE, 0x17), ack(OTHER, 8)), sent);
  }

  @Test
  void oneThatIsNotAckedInItsTurnReleasesWhatWaitedForIt() {
    ways.turnTo(tuple(TREE, 0));
    ways.ackInTurn(tuple(TREE, 1));
    assertFalse(ways.turnTo(tuple(OTHER, 0))); // now that of the tree is executed, and not acked
    assertEquals(List.of(), sent);
    assertTrue(ways.turnTo(null));
    ways.releaseHeld();
    assertEquals(List.of(ack(TREE, 1)), sent);
    ways.ackInTurn(tuple(TREE, 2)); // late
    assertEquals(List.of(ack(TREE, 1), ack(TREE, 2)), sent);
  }

  @Test
  void aTupleOfAnotherTreeIsAckedAtOnceAndOneThatWaitsStays() {
    ways.turnTo(tuple(TREE, 0));
    ways.ackInTurn(tuple(TREE, 1));
    ways.turnTo(null);
    ways.ackInTurn(tuple(OTHER, 8)); // one from before, while that of the tree is executed
    assertEquals(List.of(ack(OTHER, 8)), sent);
    ways.ackInTurn(tuple(TREE, 2));
    assertEquals(List.of(ack(OTHER, 8), ack(TREE, 3)), sent);
  }

  @Test
  void aFailAndAnAckByAnotherThreadWaitForNothing() {
    ways.turnTo(tuple(TREE, 0));
    ways.fail(tuple(TREE, 1));
    ways.ack(tuple(TREE, 2));
    assertEquals(List.of(new Delta(SPOUT_TASK, TREE, 1, true), ack(TREE, 2)), sent);
  }

  @Test
  void theTuplesOfTwoSpoutsWithOneNumberAreOfTwoTrees() {
    ways.turnTo(tuple(OTHER_SPOUT_TASK, TREE, 0));
    ways.ackInTurn(tuple(TREE, 1));
    assertEquals(List.of(ack(TREE, 1)), sent);
    ways.turnTo(tuple(TREE, 0));
    ways.ackInTurn(tuple(OTHER_SPOUT_TASK, TREE, 2));
    assertEquals(List.of(ack(TREE, 1), new Delta(OTHER_SPOUT_TASK, TREE, 2, false)), sent);
  }

  @Test
  void theAckOfTheOneThatIsWaitedForByAnotherThreadReleasesWhatWaits() {
    ways.turnTo(tuple(TREE, 0));
    ways.ackInTurn(tuple(TREE, 1));
    ways.turnTo(null); // its owner may be inside user code for long
    ways.ack(tuple(OTHER, 4));
    assertEquals(List.of(ack(OTHER, 4)), sent);
    ways.ack(tuple(TREE, 2));
    assertEquals(List.of(ack(OTHER, 4), ack(TREE, 2), ack(TREE, 1)), sent);
  }

  @Test
  void aTupleOfSeveralTreesWaitsForNothing() {
    final Roots roots =
        new Roots(new int[] {SPOUT_TASK, SPOUT_TASK}, new long[] {TREE, OTHER}, new long[] {1, 2});
    ways.turnTo(tuple(TREE, 0));
    ways.ackInTurn(FACTORY.newTuple(List.of("x"), BOLT_TASK, roots));
    assertEquals(List.of(ack(TREE, 1), ack(OTHER, 2)), sent);
  }

  @Test
  void whatFindsNoRoomIsOwed() {
    full = true;
    ways.turnTo(tuple(TREE, 0));
    ways.ackInTurn(tuple(TREE, 1));
    assertFalse(ways.owing());
    ways.turnTo(null);
    ways.ackInTurn(tuple(TREE, 2));
    assertTrue(ways.owing());
    full = false;
    ways.flush();
    assertEquals(List.of(ack(TREE, 3)), sent);
  }
}
