package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.progress.TreeCounts;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.ValueCodec;
import gearstorm.host.transport.EncodedTuple;
import gearstorm.host.transport.Inlets;
import gearstorm.host.transport.RemoteWorkers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RemoteTest {
  /** Keeps what would cross; refuses while closed. */
  private static final class FakeRemote implements RemoteWorkers {
    private final List<HostTuple> sent = new SharedList<>();
    private final List<String> progress = new SharedList<>();
    private volatile boolean open = true;

    @Override
    public Outlet outlet(final int sourceTask, final int targetTask) {
      return new Outlet() {
        @Override
        public boolean offer(final HostTuple tuple, final int kibibytes, final byte[] payload) {
          return open && sent.add(tuple);
        }

        @Override
        public void signal() {}
      };
    }

    @Override
    public TreeCounts treeCounts() {
      return (spoutTask, root, component, tuples) -> {};
    }

    @Override
    public ProgressOutlet progressOutlet(final int spoutTask) {
      return new ProgressOutlet() {
        @Override
        public boolean offer(
            final int rootTask, final long root, final long xor, final boolean failed) {
          return open && progress.add(rootTask + " " + root + " " + xor + " " + failed);
        }

        @Override
        public void signal() {}
      };
    }
  }

  @Test
  void tuplesGoOutAndTheirDeltasComeBack() throws Exception {
    final FakeRemote remote = new FakeRemote();
    remote.open = false;
    final TestSpout spout = new TestSpout(100);
    try (TestTopology topology =
        new TestTopology()
            .remote(remote)
            .spout("spout", spout)
            .boltElsewhere("away", 2)
            .route("spout", "away", Kind.SHUFFLE)
            .run()) {
      topology.await("stopped", () -> spout.emitted.get() >= 1);
      Thread.sleep(20);
      assertTrue(spout.emitted.get() <= 2);
      remote.open = true;
      topology.await("sent", () -> remote.sent.size() == 100);
      final Inlets.ProgressInlet inlet = topology.group().progressInlet(1, 1);
      for (final HostTuple tuple : List.copyOf(remote.sent)) {
        assertTrue(inlet.offer(1, tuple.root(), tuple.edge(), tuple.edge() == 0));
      }
      inlet.signal();
      topology.await("acked", () -> spout.acked.size() == 100);
    }
  }

  private static final class FailingCodec implements ValueCodec {
    private final Error error;

    FailingCodec(final Error error) {
      this.error = error;
    }

    FailingCodec() {
      this(null);
    }

    @Override
    public byte[] encode(final List<Object> values) {
      if (error != null) {
        throw error;
      }
      throw new IllegalArgumentException("no serializer");
    }

    @Override
    public List<Object> decode(final byte[] buffer, final int offset, final int length) {
      throw new UnsupportedOperationException();
    }
  }

  // clause: unserializable
  @Test
  void aValueThatCannotBeEncodedEndsTheWorkerWhateverUserCodeCatches() throws Exception {
    final TestSpout spout =
        new TestSpout(1) {
          @Override
          public void nextTuple() {
            try {
              out.emit("default", List.of(new Object()), 1);
            } catch (RuntimeException caught) {
              // as a careless user does
            }
          }
        };
    try (TestTopology topology =
        new TestTopology()
            .remote(new FakeRemote())
            .codec(FailingCodec::new)
            .spout("spout", spout)
            .boltElsewhere("away", 1)
            .route("spout", "away", Kind.SHUFFLE)
            .run()) {
      topology.await("fatal", () -> !topology.fatals.isEmpty());
      assertEquals("spout", topology.fatals.get(0).component());
      assertEquals(1, topology.fatals.get(0).task());
      assertEquals(List.of(), spout.acked);
    }
  }

  @Test
  void valuesThatContainThemselvesEndTheWorkerWithWhatToDo() throws Exception {
    try (TestTopology topology =
        new TestTopology()
            .remote(new FakeRemote())
            .codec(() -> new FailingCodec(new StackOverflowError()))
            .spout("spout", new TestSpout(1))
            .boltElsewhere("away", 1)
            .route("spout", "away", Kind.SHUFFLE)
            .run()) {
      topology.await("fatal", () -> !topology.fatals.isEmpty());
      assertEquals("spout", topology.fatals.get(0).component());
      final String said = topology.fatals.get(0).error().getMessage();
      assertTrue(said.contains("(java.lang.StackOverflowError)"), said);
      assertTrue(said.contains("contain themselves: flatten them"), said);
    }
  }

  @Test
  void encodedTuplesAreDecodedByTheirExecutorAndAckedTowardsTheirSpout() throws Exception {
    final FakeRemote remote = new FakeRemote();
    final List<Object> seen = new SharedList<>();
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    final TestBolt bolt =
        TestBolt.of(
            (tuple, out) -> {
              begun.countDown();
              release.await();
              seen.add(tuple.sourceTask() + " " + tuple.values());
              out.ack(tuple);
            });
    try (TestTopology topology =
        new TestTopology()
            .with("gearstorm.mailbox.tuples", "16")
            .remote(remote)
            .boltElsewhere("away", 1)
            .bolt("bolt", bolt)
            .route("away", "bolt", Kind.SHUFFLE)
            .run()) {
      final Inlets.TupleInlet inlet = topology.group().tupleInlet(1, 2);
      assertEquals(16, inlet.capacityTuples());
      final byte[] payload = "x".getBytes(StandardCharsets.UTF_8);
      assertTrue(inlet.offer(new EncodedTuple(1, 0, 2, 1, 77, 5, null, payload)));
      inlet.signal();
      begun.await(); // from now on nothing is taken that would make room
      int offered = 1;
      while (inlet.offer(new EncodedTuple(1, 0, 2, 1, 77, 5, null, payload))) {
        offered++;
        inlet.signal();
      }
      assertFalse(inlet.offer(new EncodedTuple(1, 0, 2, 1, 77, 5, null, payload)));
      release.countDown();
      final int expected = offered;
      topology.await("taken", () -> inlet.taken() == expected);
      topology.await("acked", () -> remote.progress.size() == expected);
      assertEquals("1 [x]", seen.get(0));
      assertEquals("1 77 5 false", remote.progress.get(0));
      assertThrows(IllegalArgumentException.class, () -> topology.group().tupleInlet(1, 1));
      assertThrows(IllegalArgumentException.class, () -> topology.group().tupleInlet(0, 2));
      assertEquals(List.of(), topology.fatals);
    }
  }
}
