package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.progress.TreeCounts;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.transport.EncodedTuple;
import gearstorm.host.transport.Inlets;
import gearstorm.host.transport.RemoteWorkers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Goal: a custom grouping chooses any task, and what can be delivered is. */
@Timeout(60)
class CustomGroupingTest {
  private static final int SPOUT = 1;

  /** Keeps what every emit returned. */
  private static final class AskingSpout extends TestSpout {
    private final List<List<Integer>> targets = new SharedList<>();

    AskingSpout(final int limit) {
      super(limit);
    }

    @Override
    public void nextTuple() {
      if (emitted.get() < 1) {
        final int number = emitted.incrementAndGet();
        targets.add(out.emit("default", List.of(number), number));
      }
    }
  }

  private static TestBolt recording(final List<Object> seen) {
    return TestBolt.of(
        (tuple, out) -> {
          seen.add(tuple.sourceTask() + " " + tuple.values());
          out.ack(tuple);
        });
  }

  @Test
  void aTupleForABoltThatDoesNotSubscribeIsDeliveredAndTracked() throws Exception {
    final AskingSpout spout = new AskingSpout(1);
    final List<Object> near = new SharedList<>();
    final List<Object> far = new SharedList<>();
    final TestTopology topology =
        new TestTopology()
            .spout("spout", spout)
            .bolt("near", recording(near))
            .bolt("far", recording(far))
            .route("spout", "near", Kind.CUSTOM);
    topology.choosers.put("near", (task, values) -> List.of(3, 2));
    try (topology) {
      topology.run();
      topology.await("acked", () -> spout.acked.equals(List.of(1)));
      assertEquals(List.of(List.of(3, 2)), spout.targets);
      assertEquals(List.of("1 [1]"), near);
      assertEquals(List.of("1 [1]"), far);
    }
  }

  @Test
  void aTupleForATaskThatIsNoneIsNamedByTheEmitAndTimesOut() throws Exception {
    final AtomicLong nowNs = new AtomicLong();
    final AskingSpout spout = new AskingSpout(1);
    final List<Object> near = new SharedList<>();
    final TestTopology topology =
        new TestTopology()
            .with("topology.message.timeout.secs", "10")
            .clock(nowNs::get)
            .spout("spout", spout)
            .bolt("near", recording(near))
            .route("spout", "near", Kind.CUSTOM);
    final List<Integer> wrong = Arrays.asList(99, -1, 0, null, SPOUT, 2, Integer.MAX_VALUE);
    topology.choosers.put("near", (task, values) -> wrong);
    try (topology) {
      topology.run();
      topology.await("near", () -> near.size() == 1);
      // The bolt may have the tuple before the emit returns.
      topology.await("targets", () -> !spout.targets.isEmpty());
      assertEquals(List.of(wrong), spout.targets);
      topology.awaitWhileTimePasses(nowNs, "failed", () -> spout.failed.equals(List.of(1)));
      assertEquals(List.of(), spout.acked);
      assertEquals(List.of(), topology.fatals);
    }
  }

  @Test
  void aGroupingThatSendsTuplesBackToTheirSourceStopsNothing() throws Exception {
    final TestSpout spout = new TestSpout(3000);
    final List<Object> done = new SharedList<>();
    final TestBolt walker =
        TestBolt.of(
            (tuple, out) -> {
              final int number = (Integer) tuple.values().get(0);
              // The first visit is the spout's; the grouping sends it here twice more.
              final int steps = tuple.sourceTask() == SPOUT ? 20_000 + number : number - 10_000;
              out.emit("default", List.of(tuple), List.of(steps));
              out.ack(tuple);
            });
    final TestTopology topology =
        new TestTopology()
            .with("gearstorm.mailbox.tuples", "16")
            .spout("spout", spout)
            .bolt("walker", walker)
            .bolt("sink", recording(done))
            .route("spout", "walker", Kind.SHUFFLE)
            .route("walker", "sink", Kind.CUSTOM);
    topology.choosers.put(
        "sink", (task, values) -> List.of((Integer) values.get(0) >= 10_000 ? 2 : 3));
    try (topology) {
      topology.run();
      topology.await("all", () -> spout.acked.size() == 3000);
      assertEquals(3000, done.size());
      assertEquals(List.of(), topology.fatals);
    }
  }

  @Test
  void aLoopOfStrayTuplesThatMultipliesForEverFailsByName() throws Exception {
    final TestTopology topology =
        new TestTopology()
            .with("gearstorm.mailbox.tuples", "16")
            .with("gearstorm.overflow.bytes.max", "100000")
            .spout("spout", new TestSpout(1000))
            .bolt(
                "amplifier",
                TestBolt.of(
                    (tuple, out) -> {
                      out.emit("default", List.of(), List.of(1));
                      out.ack(tuple);
                    }))
            .bolt("sink", new TestBolt())
            .route("spout", "amplifier", Kind.SHUFFLE)
            .route("amplifier", "sink", Kind.CUSTOM);
    topology.choosers.put("sink", (task, values) -> List.of(2, 2));
    try (topology) {
      topology.run();
      topology.await("failed", () -> !topology.fatals.isEmpty());
      assertTrue(
          topology.fatals.get(0).error().getMessage().contains("the cycle of amplifier"),
          topology.fatals.toString());
    }
  }

  @Test
  void strayTuplesLeaveForOtherWorkersAndComeFromThem() throws Exception {
    final List<HostTuple> sent = new SharedList<>();
    final List<Object> here = new SharedList<>();
    final AskingSpout spout = new AskingSpout(1);
    final TestTopology topology =
        new TestTopology()
            .remote(remote(sent))
            .spout("spout", spout)
            .bolt("near", new TestBolt())
            .boltElsewhere("away", 1)
            .bolt("here", recording(here))
            .route("spout", "near", Kind.CUSTOM)
            .route("away", "near", Kind.CUSTOM);
    topology.choosers.put("near", (task, values) -> List.of(3));
    try (topology) {
      topology.run();
      topology.await("sent", () -> sent.size() == 1);
      final Inlets.TupleInlet inlet = topology.group().tupleInlet(1, 4);
      inlet.offer(new EncodedTuple(3, 0, 4, 0, 0, 0, null, "x".getBytes(StandardCharsets.UTF_8)));
      inlet.signal();
      topology.await("come", () -> here.equals(List.of("3 [x]")));
    }
  }

  private static RemoteWorkers remote(final List<HostTuple> sent) {
    return new RemoteWorkers() {
      @Override
      public Outlet outlet(final int sourceTask, final int targetTask) {
        return new Outlet() {
          @Override
          public boolean offer(final HostTuple tuple, final int kibibytes, final byte[] payload) {
            return sent.add(tuple);
          }

          @Override
          public void signal() {}
        };
      }

      @Override
      public ProgressOutlet progressOutlet(final int spoutTask) {
        throw new IllegalStateException("no spout is elsewhere");
      }

      @Override
      public TreeCounts treeCounts() {
        throw new IllegalStateException("no spout is elsewhere");
      }
    };
  }
}
