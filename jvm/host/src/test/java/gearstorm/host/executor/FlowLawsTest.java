package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.spi.HostTuple;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounded mailboxes, no stall, nobody starves; in one worker and between two. */
@Timeout(120)
class FlowLawsTest {
  @TempDir Path folder;

  private TestTopology run(final TestTopology topology, final int workers) throws Exception {
    return workers == 1 ? topology.run() : topology.runLinked(folder);
  }

  private static TestTopology small() {
    return new TestTopology().with("gearstorm.mailbox.tuples", "16");
  }

  private static int number(final HostTuple tuple) {
    return Integer.parseInt(String.valueOf(tuple.values().get(0)));
  }

  private static final class Relay extends TestBolt {
    @Override
    public void execute(final HostTuple tuple) {
      out.emit("default", tuple, tuple.values());
      out.ack(tuple);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aHundredThousandEmitsInOneExecuteArriveInOrder(final int workers) throws Exception {
    final TestSpout spout = new TestSpout(1);
    final TestBolt burst =
        TestBolt.of(
            (tuple, out) -> {
              for (int each = 0; each < 100_000; each++) {
                out.emit("default", tuple, List.of(each));
              }
              out.ack(tuple);
            });
    final AtomicInteger next = new AtomicInteger();
    final AtomicInteger wrong = new AtomicInteger();
    final TestBolt sink =
        TestBolt.of(
            (tuple, out) -> {
              wrong.addAndGet(number(tuple) == next.getAndIncrement() ? 0 : 1);
              out.ack(tuple);
            });
    try (TestTopology topology =
        run(
            small()
                .spout("spout", spout)
                .bolt("burst", burst)
                .on(workers - 1)
                .bolt("sink", sink)
                .route("spout", "burst", Kind.SHUFFLE)
                .route("burst", "sink", Kind.SHUFFLE),
            workers)) {
      topology.await("acked", () -> spout.acked.size() == 1);
      assertEquals(100_000, next.get());
      assertEquals(0, wrong.get());
      assertEquals(List.of(), topology.fatals);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,true", "1,false", "2,true", "2,false"})
  void aDiamondWithOneBlockedBranchStopsItsSpoutAndGoesOn(final int workers, final boolean tracked)
      throws Exception {
    final TestSpout spout = new TestSpout(Integer.MAX_VALUE, tracked);
    final CountDownLatch release = new CountDownLatch(1);
    final TestBolt slow =
        TestBolt.of(
            (tuple, out) -> {
              release.await();
              out.emit("default", tuple, tuple.values());
              out.ack(tuple);
            });
    final AtomicInteger joined = new AtomicInteger();
    final TestBolt join =
        TestBolt.of(
            (tuple, out) -> {
              joined.incrementAndGet();
              out.ack(tuple);
            });
    try (TestTopology topology =
        run(
            small()
                .spout("spout", spout)
                .bolt("fast", new Relay())
                .on(workers - 1)
                .bolt("slow", slow)
                .bolt("join", join)
                .route("spout", "fast", Kind.SHUFFLE)
                .route("spout", "slow", Kind.SHUFFLE)
                .route("fast", "join", Kind.SHUFFLE)
                .route("slow", "join", Kind.SHUFFLE),
            workers)) {
      topology.await("stopped", () -> spout.emitted.get() >= 16);
      Thread.sleep(100);
      // The slow bolt's inlet and one in its hands, the sender's queue, one emit in overflow.
      assertTrue(spout.emitted.get() <= 20, "emitted " + spout.emitted.get());
      release.countDown();
      topology.await("flows", () -> joined.get() > 20_000);
      assertEquals(List.of(), topology.fatals);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1,SHUFFLE",
    "1,DIRECT",
    "1,ALL",
    "1,FIELDS",
    "2,SHUFFLE",
    "2,DIRECT",
    "2,ALL",
    "2,FIELDS"
  })
  void aFeedbackLoopThatMultipliesForAWhileDrains(final int workers, final Kind kind)
      throws Exception {
    final TestSpout spout = new TestSpout(300);
    final AtomicInteger ended = new AtomicInteger();
    final int depth = 6;
    // The way back has two tasks: a direct emit names both, as all does.
    final TestBolt forth =
        TestBolt.of(
            (tuple, out) -> {
              final int left = tuple.sourceTask() == 1 ? depth : number(tuple);
              if (left == 0) {
                ended.incrementAndGet();
              } else if (kind == Kind.DIRECT) {
                out.emitDirect(3, "other", List.of(tuple), List.of(left - 1));
                out.emitDirect(4, "other", List.of(tuple), List.of(left - 1));
              } else if (kind == Kind.ALL) {
                out.emit("other", tuple, List.of(left - 1));
              } else {
                out.emit("other", tuple, List.of(left - 1));
                out.emit("other", tuple, List.of(left - 1));
              }
              out.ack(tuple);
            });
    try (TestTopology topology =
        run(
            small()
                .with("gearstorm.overflow.tuples", "500")
                .spout("spout", spout)
                .bolt("forth", 1, 1, 0, task -> forth)
                .on(workers - 1)
                .bolt("back", 2, 2, 0, task -> new Relay())
                .route("spout", "forth", Kind.SHUFFLE)
                .route("forth", "other", "back", kind)
                .route("back", "forth", Kind.SHUFFLE),
            workers)) {
      topology.await("acked", () -> spout.acked.size() == 300);
      assertEquals(300 * (1 << depth), ended.get());
      assertEquals(List.of(), topology.fatals);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aSelfLoopOfTwoTasksDrains(final int workers) throws Exception {
    final TestSpout spout = new TestSpout(500);
    try (TestTopology topology =
        run(
            small()
                .with("gearstorm.overflow.tuples", "100")
                .spout("spout", spout)
                .on(workers - 1)
                .bolt("loop", 2, 2, 0, task -> new SelfLoop())
                .route("spout", "loop", Kind.SHUFFLE)
                .route("loop", "other", "loop", Kind.SHUFFLE),
            workers)) {
      topology.await("acked", () -> spout.acked.size() == 500);
      assertEquals(List.of(), topology.fatals);
    }
  }

  private static final class SelfLoop extends TestBolt {
    @Override
    public void execute(final HostTuple tuple) {
      final int left = tuple.streamNumber() == 0 ? 50 : number(tuple);
      if (left > 0) {
        out.emit("other", tuple, List.of(left - 1));
      }
      out.ack(tuple);
    }
  }

  @Test
  void aCycleThatIsFullStillLetsTuplesInOneByOne() throws Exception {
    final TestSpout spout = new TestSpout(30);
    try (TestTopology topology =
        small()
            .with("gearstorm.overflow.tuples", "0")
            .spout("spout", spout)
            .bolt("loop", 1, 1, 0, task -> new SelfLoop())
            .route("spout", "loop", Kind.SHUFFLE)
            .route("loop", "other", "loop", Kind.SHUFFLE)
            .run()) {
      topology.await("acked", () -> spout.acked.size() == 30);
    }
  }

  @Test
  void amongFortyEightExecutorsAndAnEndlessEmitterNobodyStarves() throws Exception {
    final TestSpout greedy = new TestSpout(Integer.MAX_VALUE, false);
    final Map<Integer, AtomicInteger> executed = new ConcurrentHashMap<>();
    final Map<Integer, TestSpout> modest = new ConcurrentHashMap<>();
    try (TestTopology topology =
        small()
            .spout("greedy", greedy)
            .spout("modest", 23, task -> modest.computeIfAbsent(task, key -> new TestSpout(200)))
            .bolt(
                "bolt",
                24,
                task ->
                    TestBolt.of(
                        (tuple, out) -> {
                          executed
                              .computeIfAbsent(tuple.sourceTask(), key -> new AtomicInteger())
                              .incrementAndGet();
                          out.ack(tuple);
                        }))
            .route("greedy", "bolt", Kind.SHUFFLE)
            .route("modest", "bolt", Kind.SHUFFLE)
            .run()) {
      topology.await(
          "all of all",
          () ->
              modest.size() == 23
                  && modest.values().stream().allMatch(each -> each.acked.size() == 200)
                  && executed.containsKey(1));
      assertEquals(List.of(), topology.fatals);
    }
  }

  @Test
  void largeTuplesThatWaitToEnterACycleTakeNoRoomFromThoseThatGoRound() throws Exception {
    final List<Object> order = new SharedList<>();
    final String large = "x".repeat(100_000);
    final TestSpout spout =
        new TestSpout(50) {
          @Override
          public void nextTuple() {
            if (emitted.get() < 50) {
              out.emit("default", List.of(large), emitted.getAndIncrement());
            }
          }
        };
    final TestBolt loop =
        TestBolt.of(
            (tuple, out) -> {
              if (tuple.streamNumber() == 0) {
                out.emit("other", tuple, tuple.values());
              } else {
                order.add(tuple);
              }
              out.ack(tuple);
            });
    try (TestTopology topology =
        new TestTopology()
            .with("gearstorm.mailbox.bytes", "1024")
            .with("gearstorm.overflow.tuples", "1")
            .spout("spout", spout)
            .bolt("loop", 1, 1, 0, task -> loop)
            .route("spout", "loop", Kind.SHUFFLE)
            .route("loop", "other", "loop", Kind.SHUFFLE)
            .run()) {
      topology.await("acked", () -> spout.acked.size() == 50);
      assertEquals(50, order.size());
    }
  }
}
