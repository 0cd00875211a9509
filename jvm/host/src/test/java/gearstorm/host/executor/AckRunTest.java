package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.StreamInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class AckRunTest {
  private static final FakeTuple.Factory FACTORY =
      new FakeTuple.Factory(1, new StreamInfo("spout", "default", 0, List.of("value")));

  private final AckRun run = new AckRun();

  @Test
  void sendsAtOnceWhatNoTupleOfTheTreeFollows() {
    assertFalse(run.begins(tuple(7), null));
    assertEquals(5, run.ack(tuple(7), 5));
    assertFalse(run.begins(tuple(7), tuple(8)));
    assertEquals(6, run.ack(tuple(7), 6));
  }

  @Test
  void joinsTheAcksOfATreeInARow() {
    assertFalse(run.begins(tuple(7), tuple(7)));
    assertEquals(0, run.ack(tuple(7), 1));
    assertFalse(run.begins(tuple(7), tuple(7)));
    assertEquals(0, run.ack(tuple(7), 2));
    assertFalse(run.begins(tuple(7), tuple(8)));
    assertEquals(7, run.ack(tuple(7), 4));
    assertFalse(run.begins(tuple(8), null));
  }

  @Test
  void letsGoOfARunWhoseLastTupleIsNotAcked() {
    run.begins(tuple(7), tuple(7));
    run.ack(tuple(7), 3);
    run.begins(tuple(7), tuple(8));
    assertTrue(run.begins(tuple(8), null));
    assertEquals(7, run.heldRoot());
    assertEquals(1, run.heldRootTask());
    assertEquals(3, run.takeHeld());
    assertFalse(run.begins(tuple(9), null));
  }

  @Test
  void keepsTwoTreesApart() {
    run.begins(tuple(7), tuple(7));
    assertEquals(0, run.ack(tuple(7), 1));
    run.begins(tuple(7), tuple(8));
    // one that was kept from before, of the tree that comes next
    assertEquals(2, run.ack(tuple(8), 2));
    assertEquals(5, run.ack(tuple(7), 4));
    assertEquals(0, run.ack(tuple(8), 8));
  }

  @Test
  void takesRootsOfTwoSpoutTasksForTwoTrees() {
    final HostTuple other = FACTORY.newTuple(List.of("value"), 3, 2, 7, 0);
    run.begins(tuple(7), other);
    assertEquals(1, run.ack(tuple(7), 1));
  }

  private static HostTuple tuple(final long root) {
    return FACTORY.newTuple(List.of("value"), 3, 1, root, 0);
  }
}
