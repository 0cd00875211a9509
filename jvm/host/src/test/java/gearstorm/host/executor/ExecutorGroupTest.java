package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.spi.HostTuple;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExecutorGroupTest {
  private static final String PENDING = "topology.max.spout.pending";

  /** Emits what it gets, anchored, and acks. */
  private static class Relay extends TestBolt {
    @Override
    public void execute(final HostTuple tuple) throws Exception {
      out.emit("default", tuple, tuple.values());
      out.ack(tuple);
    }
  }

  /** Remembers what it got. */
  private static class Sink extends TestBolt {
    final List<Object> seen = new SharedList<>();

    @Override
    public void execute(final HostTuple tuple) throws Exception {
      seen.add(tuple.values().get(0));
      out.ack(tuple);
    }
  }

  private static List<Object> numbers(final int below) {
    return IntStream.range(0, below).<Object>mapToObj(number -> number).toList();
  }

  // clause: order
  @Test
  void everyTupleOfAChainArrivesInOrderAndIsAckedOnce() throws Exception {
    final TestSpout spout = new TestSpout(20_000);
    final Sink sink = new Sink();
    try (TestTopology topology =
        new TestTopology()
            .spout("spout", spout)
            .bolt("relay", new Relay())
            .bolt("sink", sink)
            .route("spout", "relay", Kind.SHUFFLE)
            .route("relay", "sink", Kind.SHUFFLE)
            .run()) {
      topology.await("all acked", () -> spout.acked.size() == 20_000);
      assertEquals(numbers(20_000), sink.seen);
      assertEquals(20_000, new HashSet<>(spout.acked).size());
      assertTrue(spout.failed.isEmpty());
      assertEquals(List.of(), topology.fatals);
    }
  }

  @Test
  void manyTasksWithEveryGroupingLoseNothing() throws Exception {
    final AtomicInteger executed = new AtomicInteger();
    final List<TestSpout> spouts = new SharedList<>();
    try (TestTopology topology =
        new TestTopology()
            .with(PENDING, "500")
            .spout(
                "spout",
                3,
                task -> {
                  final TestSpout spout = new TestSpout(3_000);
                  spouts.add(spout);
                  return spout;
                })
            .bolt("relay", 4, 2, null, task -> new Relay())
            .bolt("fields", 3, task -> countingBolt(executed))
            .bolt("all", 2, task -> countingBolt(executed))
            .route("spout", "relay", Kind.SHUFFLE)
            .route("relay", "fields", Kind.FIELDS)
            .route("relay", "all", Kind.ALL)
            .run()) {
      topology.await(
          "all acked", () -> spouts.stream().mapToInt(each -> each.acked.size()).sum() == 9_000);
      assertEquals(9_000 * 3, executed.get());
      assertEquals(List.of(), topology.fatals);
    }
  }

  private static TestBolt countingBolt(final AtomicInteger executed) {
    return TestBolt.of(
        (tuple, out) -> {
          executed.incrementAndGet();
          out.ack(tuple);
        });
  }

  // clause: emit-never-blocks
  @Test
  void aHundredThousandEmitsInOneExecuteKeepTheirOrder() throws Exception {
    final TestSpout spout = new TestSpout(1);
    final Sink sink = new Sink();
    final TestBolt burst =
        TestBolt.of(
            (tuple, out) -> {
              for (int number = 0; number < 100_000; number++) {
                out.emit("default", tuple, List.of(number));
              }
              out.ack(tuple);
            });
    try (TestTopology topology =
        new TestTopology()
            .with("gearstorm.mailbox.tuples", "16")
            .spout("spout", spout)
            .bolt("burst", burst)
            .bolt("sink", sink)
            .route("spout", "burst", Kind.SHUFFLE)
            .route("burst", "sink", Kind.GLOBAL)
            .run()) {
      topology.await("acked", () -> spout.acked.size() == 1);
      assertEquals(numbers(100_000), sink.seen);
      assertEquals(List.of(), topology.fatals);
    }
  }

  @Test
  void aBlockedBoltStopsItsSpoutWithAndWithoutAcking() throws Exception {
    for (final boolean acking : new boolean[] {true, false}) {
      final TestSpout spout = new TestSpout(Integer.MAX_VALUE, acking);
      final CountDownLatch release = new CountDownLatch(1);
      final TestBolt blocked =
          TestBolt.of(
              (tuple, out) -> {
                release.await();
                out.ack(tuple);
              });
      try (TestTopology topology =
          new TestTopology()
              .spout("spout", spout)
              .bolt("relay", new Relay())
              .bolt("blocked", blocked)
              .route("spout", "relay", Kind.SHUFFLE)
              .route("relay", "blocked", Kind.SHUFFLE)
              .run()) {
        topology.await("mailboxes full", () -> spout.emitted.get() >= 4096);
        Thread.sleep(100);
        assertTrue(spout.emitted.get() <= 2 * 2048 + 200, "emitted " + spout.emitted.get());
        release.countDown();
        topology.await("flows again", () -> spout.emitted.get() > 50_000);
        assertEquals(List.of(), topology.fatals);
      }
    }
  }

  // clause: max-pending
  @Test
  void noMoreTreesArePendingThanAllowedTimesTasks() throws Exception {
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    final List<HostTuple> held = new SharedList<>();
    final TestBolt holder =
        TestBolt.of(
            (tuple, out) -> {
              most.accumulateAndGet(open.incrementAndGet(), Math::max);
              held.add(tuple);
              if (held.size() == 6) {
                open.addAndGet(-6);
                held.forEach(out::ack);
                held.clear();
              }
            });
    final Map<Integer, TestSpout> spouts = new ConcurrentHashMap<>();
    try (TestTopology topology =
        new TestTopology()
            .with(PENDING, "3")
            .spout("spout", 2, task -> spouts.computeIfAbsent(task, key -> new TestSpout(300)))
            .bolt("holder", holder)
            .route("spout", "holder", Kind.SHUFFLE)
            .run()) {
      topology.await(
          "all acked",
          () ->
              spouts.size() == 2
                  && spouts.values().stream().allMatch(each -> each.acked.size() == 300));
      assertEquals(6, most.get());
      assertEquals(List.of(), topology.fatals);
    }
  }

  @Test
  void aCycleThatMultipliesForAWhileDoesNotDeadlock() throws Exception {
    final AtomicInteger finished = new AtomicInteger();
    final TestSpout spout = new TestSpout(200);
    final TestBolt loop =
        TestBolt.of(
            (tuple, out) -> {
              final int depth = tuple.streamNumber() == 0 ? 6 : (Integer) tuple.values().get(0);
              for (int child = 0; child < 3 && depth > 0; child++) {
                out.emit("other", tuple, List.of(depth - 1));
              }
              if (depth == 0) {
                finished.incrementAndGet();
              }
              out.ack(tuple);
            });
    try (TestTopology topology =
        new TestTopology()
            .with("gearstorm.mailbox.tuples", "16")
            .with("gearstorm.overflow.tuples", "500")
            .spout("spout", spout)
            .bolt("loop", 1, 1, 0, task -> loop)
            .route("spout", "loop", Kind.SHUFFLE)
            .route("loop", "other", "loop", Kind.SHUFFLE)
            .run()) {
      topology.await("all acked", () -> spout.acked.size() == 200);
      assertEquals(200 * 729, finished.get());
      assertEquals(List.of(), topology.fatals);
    }
  }

  @Test
  void aCycleThatMultipliesForEverFailsByName() throws Exception {
    final TestBolt loop =
        TestBolt.of(
            (tuple, out) -> {
              try {
                out.emit("default", tuple, tuple.values());
                out.emit("default", tuple, tuple.values());
              } catch (RuntimeException swallowed) {
                return;
              }
            });
    try (TestTopology topology =
        new TestTopology()
            .with("gearstorm.overflow.bytes.max", "1000000")
            .spout("spout", new TestSpout(10))
            .bolt("amplifier", 1, 1, 0, task -> loop)
            .route("spout", "amplifier", Kind.SHUFFLE)
            .route("amplifier", "amplifier", Kind.SHUFFLE)
            .run()) {
      topology.await("fatal", () -> !topology.fatals.isEmpty());
      assertTrue(topology.fatals.get(0).error().getMessage().contains("the cycle of amplifier"));
    }
  }
}
