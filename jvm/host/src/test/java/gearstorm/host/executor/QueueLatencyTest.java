package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.transport.EncodedTuple;
import gearstorm.host.transport.Inlets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long tuples wait for their executor; every one of them is measured. */
final class QueueLatencyTest {
  private static final long WAIT_NS = TimeUnit.SECONDS.toNanos(5);

  private final AtomicLong nowNs = new AtomicLong(1);
  private final CountDownLatch release = new CountDownLatch(1);

  private TestTopology topology() {
    return new TestTopology()
        .clock(nowNs::get)
        .with("topology.stats.sample.rate", "1.0")
        .with("gearstorm.mailbox.tuples", "16");
  }

  private TestBolt bolt() {
    return TestBolt.of(this::executeWhenReleased);
  }

  private void executeWhenReleased(final HostTuple tuple, final Object out)
      throws InterruptedException {
    release.await();
  }

  private static ExecutorStats statsOf(final TestTopology topology, final String component) {
    return topology.group().stats().stream()
        .filter(stats -> stats.component().equals(component))
        .findFirst()
        .orElseThrow();
  }

  /** The first tuple is taken at once, and keeps its executor until so many wait. */
  private void releaseAfterAWhile(final TestTopology topology, final int waiting, final int all)
      throws InterruptedException {
    topology.await("queue", () -> queued(topology) == waiting);
    nowNs.addAndGet(WAIT_NS);
    release.countDown();
    topology.await("taken", () -> executed(topology) == all);
  }

  private static long queued(final TestTopology topology) {
    final ExecutorStats.Queue queue = statsOf(topology, "bolt").queue();
    return queue == null ? 0 : queue.tuples();
  }

  private static long executed(final TestTopology topology) {
    return statsOf(topology, "bolt").executed().stream().mapToLong(each -> each.count()).sum();
  }

  private static List<Long> waits(final long none, final long waiting) {
    return List.of(0L, none, (long) LatencyHistogram.bucketOf(WAIT_NS), waiting);
  }

  @Test
  void aTupleWaitsFromItsEmitUntilItIsTaken() throws Exception {
    try (TestTopology topology = topology().chain(new TestSpout(4, false), bolt()).run()) {
      releaseAfterAWhile(topology, 3, 4);
      assertEquals(waits(1, 3), statsOf(topology, "bolt").queueLatency());
      assertEquals(List.of(), statsOf(topology, "spout").queueLatency());
    }
  }

  @Test
  void whatFoundNoRoomWaitsFromWhenItGotSome() throws Exception {
    final TestSpout spout =
        new TestSpout(20, false) {
          @Override
          public void nextTuple() throws Exception {
            while (emitted.get() < 20) {
              out.emit("default", List.of(emitted.getAndIncrement()), null);
            }
          }
        };
    try (TestTopology topology = topology().chain(spout, bolt()).run()) {
      releaseAfterAWhile(topology, 16, 20);
      assertEquals(waits(4, 16), statsOf(topology, "bolt").queueLatency());
    }
  }

  @Test
  void aTupleOfAnotherWorkerWaitsFromItsArrival() throws Exception {
    final byte[] payload = "x".getBytes(StandardCharsets.UTF_8);
    try (TestTopology topology =
        topology()
            .boltElsewhere("away", 1)
            .bolt("bolt", bolt())
            .route("away", "bolt", Kind.SHUFFLE)
            .run()) {
      final Inlets.TupleInlet inlet = topology.group().tupleInlet(1, 2);
      for (int tuple = 0; tuple < 4; tuple++) {
        assertEquals(true, inlet.offer(new EncodedTuple(1, 0, 2, 0, 0, 0, null, payload)));
      }
      inlet.signal();
      releaseAfterAWhile(topology, 3, 4);
      assertEquals(waits(1, 3), statsOf(topology, "bolt").queueLatency());
      assertEquals(4, inlet.taken());
    }
  }
}
