package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.flow.Ring;
import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.spi.TaskCounts.InputStreamCount;
import gearstorm.host.spi.TaskCounts.StreamCount;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TicksAndStatsTest {
  // clause: ticks
  @Test
  void everyTaskOfTheExecutorTicks() throws Exception {
    final List<String> ticks = new SharedList<>();
    try (TestTopology topology =
        new TestTopology()
            .with("topology.tick.tuple.freq.secs", "0.02")
            .bolt(
                "bolt",
                2,
                1,
                null,
                task ->
                    TestBolt.of(
                        (tuple, out) -> {
                          ticks.add(task + " " + tuple.sourceTask() + " " + tuple.values());
                          out.ack(tuple);
                        }))
            .run()) {
      topology.await("ticks", () -> ticks.size() >= 6);
      assertEquals(List.of("1 -1 [tick]", "2 -1 [tick]", "1 -1 [tick]"), ticks.subList(0, 3));
      assertEquals(List.of(), topology.fatals);
    }
  }

  @Test
  void noTickRunsWhileTheExecutorIsStoppedAndOneAfterIt() throws Exception {
    final AtomicLong nowNs = new AtomicLong();
    final AtomicInteger ticks = new AtomicInteger();
    final CountDownLatch release = new CountDownLatch(1);
    final TestBolt burst =
        TestBolt.of(
            (tuple, out) -> {
              if (tuple.sourceTask() == -1) {
                ticks.incrementAndGet();
                return;
              }
              for (int each = 0; each < 10_000; each++) {
                out.emit("default", tuple, tuple.values());
              }
              out.ack(tuple);
            });
    final AtomicInteger taken = new AtomicInteger();
    final TestBolt blocked =
        TestBolt.of(
            (tuple, out) -> {
              taken.incrementAndGet();
              release.await();
              out.ack(tuple);
            });
    final TestSpout spout = new TestSpout(1);
    try (TestTopology topology =
        new TestTopology()
            .clock(nowNs::get)
            .spout("spout", spout)
            .with("topology.tick.tuple.freq.secs", "1")
            .bolt("burst", burst)
            .with("topology.tick.tuple.freq.secs", "null")
            .bolt("blocked", blocked)
            .route("spout", "burst", Kind.SHUFFLE)
            .route("burst", "blocked", Kind.SHUFFLE)
            .run()) {
      topology.await("stopped", () -> taken.get() == 1);
      for (int second = 1; second <= 5; second++) {
        nowNs.set(second * 1_000_000_000L);
        topology.group().activate();
        Thread.sleep(5);
      }
      assertEquals(0, ticks.get());
      release.countDown();
      topology.await("tick", () -> ticks.get() == 1 && taken.get() == 10_000);
      assertEquals(1, ticks.get());
    }
  }

  @Test
  void aTickRunsBehindWhatWasThereAndOnlyOneWaits() {
    final Ring ring = new Ring(16);
    final ComponentConfig config = new ComponentConfig("{\"topology.tick.tuple.freq.secs\":\"1\"}");
    final Ticks ticks = new Ticks(config, List.of(ring), 0);
    ring.offer("before");
    ticks.advance(999_999_999L);
    assertEquals(false, ticks.takeTurn());
    ticks.advance(1_000_000_000L);
    ring.offer("after");
    assertEquals(false, ticks.takeTurn());
    ticks.advance(2_000_000_000L);
    ring.poll();
    assertEquals(true, ticks.takeTurn());
    assertEquals(false, ticks.takeTurn());
    assertEquals(1_000_000_000L, ticks.untilNextNs(2_000_000_000L));
  }

  @Test
  void countsAreExactAndLatenciesSampled() throws Exception {
    final TestSpout spout = new TestSpout(400);
    final TestBolt bolt =
        TestBolt.of(
            (tuple, out) -> {
              out.emit("default", tuple, tuple.values());
              if ((Integer) tuple.values().get(0) < 100) {
                out.fail(tuple);
              } else {
                out.ack(tuple);
              }
            });
    try (TestTopology topology =
        new TestTopology()
            .spout("spout", spout)
            .bolt("bolt", bolt)
            .bolt("sinks", 2, task -> new TestBolt())
            .route("spout", "bolt", Kind.SHUFFLE)
            .route("bolt", "sinks", Kind.ALL)
            .run()) {
      topology.await("all", () -> spout.acked.size() + spout.failed.size() == 400);
      // The bolt may still be behind its last ack, which its spout has heard of.
      topology.await("counted", () -> isThrough(topology.group().stats().get(1), 400));
      final List<ExecutorStats> stats = topology.group().stats();
      final ExecutorStats ofSpout = stats.get(0);
      assertEquals("spout", ofSpout.component());
      assertEquals(List.of(new StreamCount("default", 400)), ofSpout.emitted());
      assertEquals(300, only(ofSpout.acked()).count());
      assertEquals("spout", only(ofSpout.acked()).source());
      assertEquals(100, only(ofSpout.failed()).count());
      final ExecutorStats ofBolt = stats.get(1);
      assertEquals(List.of(new StreamCount("default", 400)), ofBolt.emitted());
      assertEquals(List.of(new StreamCount("default", 800)), ofBolt.transferred());
      assertEquals(400, only(ofBolt.executed()).count());
      assertEquals(20, only(ofBolt.executed()).sampled());
      assertTrue(only(ofBolt.executed()).totalMs() > 0);
      assertEquals(300, only(ofBolt.acked()).count());
      assertEquals(15, only(ofBolt.acked()).sampled());
      assertEquals("default", only(ofBolt.acked()).stream());
      assertEquals(20, timed(ofBolt.executeLatency()));
      assertEquals(15, timed(ofBolt.ackLatency()));
      assertEquals(20, timed(ofBolt.queueLatency()));
      assertEquals(only(ofSpout.acked()).sampled(), timed(ofSpout.ackLatency()));
      assertEquals(0, ofBolt.queue().tuples());
      assertTrue(ofBolt.queue().tuplesMax() > 0);
      assertTrue(ofBolt.busyMs() + ofBolt.backpressuredMs() <= ofBolt.uptimeMs());
    }
  }

  private static boolean isThrough(final ExecutorStats bolt, final long executed) {
    return only(bolt.executed()).count() == executed && bolt.queue().tuples() == 0;
  }

  private static long timed(final List<Long> pairs) {
    long sum = 0;
    for (int index = 1; index < pairs.size(); index += 2) {
      sum += pairs.get(index);
    }
    return sum;
  }

  private static InputStreamCount only(final List<InputStreamCount> counts) {
    assertEquals(1, counts.size());
    return counts.get(0);
  }

  @Test
  void aTapSeesEachEmitOnceUntilItIsClosed() throws Exception {
    final TestSpout spout = new TestSpout(50);
    final List<String> seen = new SharedList<>();
    final List<String> none = new SharedList<>();
    try (TestTopology topology =
        new TestTopology()
            .spout("spout", spout)
            .bolt("bolts", 3, task -> new TestBolt())
            .route("spout", "bolts", Kind.ALL)
            .start()) {
      final Tap tap =
          topology
              .group()
              .tap("spout", null, (task, stream, values) -> seen.add(task + stream + values));
      topology.group().tap("spout", "other", (task, stream, values) -> none.add(stream));
      topology.group().tap("spout", null, (task, stream, values) -> none.add(stream)).close();
      topology.group().activate();
      topology.await("acked", () -> spout.acked.size() == 50);
      assertEquals(50, seen.size());
      assertEquals("1default[0]", seen.get(0));
      assertEquals(List.of(), none);
      tap.close();
    }
  }
}
