package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.executor.ExecutorStats.HolderCount;
import gearstorm.host.executor.ExecutorStats.TimedOut;
import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.spi.HostTuple;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FollowedTreesTest {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  @TempDir Path folder;

  private final AtomicLong nowNs = new AtomicLong();
  private final FollowedTrees trees = new FollowedTrees(3, index -> "component-" + index, 1, 0);

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theBoltThatForgetsToAckIsNamedInTheLogAndInTheCounts(final int workers) throws Exception {
    final AtomicInteger forgotten = new AtomicInteger();
    final TestSpout spout =
        new TestSpout(20) {
          private int later = 1;

          // A link may bring counts behind an ack, but not behind that of a tuple emitted after it.
          @Override
          public void nextTuple() throws Exception {
            super.nextTuple();
            if (later < 4 && forgotten.get() == 5 && acked.size() == 15 + later / 2) {
              out.emit("default", List.of(later), "later " + later);
              later += 2;
            }
          }
        };
    final TestBolt relay =
        TestBolt.of(
            (tuple, out) -> {
              out.emit("default", tuple, tuple.values());
              out.ack(tuple);
            });
    final TestBolt forgetful =
        TestBolt.of(
            (tuple, out) -> {
              if (Integer.parseInt(String.valueOf(tuple.values().get(0))) % 4 == 0) {
                forgotten.incrementAndGet();
              } else {
                out.ack(tuple);
              }
            });
    try (TestTopology topology =
        new TestTopology()
            .with("topology.message.timeout.secs", "10")
            .clock(this::movingClock)
            .spout("spout", spout)
            .on(workers - 1)
            .bolt("relay", relay)
            .bolt("forgetful", forgetful)
            .route("spout", "relay", Kind.SHUFFLE)
            .route("relay", "forgetful", Kind.SHUFFLE)) {
      if (workers == 1) {
        topology.run();
      } else {
        topology.runLinked(folder);
      }
      topology.await("emitted", () -> spout.acked.size() == 17 && forgotten.get() == 5);
      topology.awaitWhileTimePasses(nowNs, "failed", () -> spout.failed.size() == 5);
      nowNs.addAndGet(11 * SECOND_NS);
      topology.group().activate();
      topology.await("said", () -> topology.logged.stream().anyMatch(FollowedTreesTest::isReport));
      assertEquals(
          List.of(
              "5 tuple trees of spout spout timed out; of the 5 that were followed these were not"
                  + " acked: 5 by forgetful"),
          topology.logged.stream().filter(FollowedTreesTest::isReport).toList());
      assertEquals(
          new TimedOut(5, 5, List.of(new HolderCount("forgetful", 5))),
          topology.group().stats().get(0).timedOut());
    }
  }

  private long movingClock() {
    return nowNs.addAndGet(1000);
  }

  private static boolean isReport(final String line) {
    return line.contains("timed out");
  }

  @Test
  void aTupleOfSeveralTreesIsCountedInEach() throws Exception {
    final TestSpout spout = new TestSpout(6);
    final AtomicInteger joined = new AtomicInteger();
    final TestBolt joiner =
        new TestBolt() {
          private final List<HostTuple> held = new ArrayList<>();

          @Override
          public void execute(final HostTuple tuple) {
            held.add(tuple);
            if (held.size() == 3) {
              out.emit("default", held, List.of("joined"));
              held.forEach(out::ack);
              held.clear();
              joined.incrementAndGet();
            }
          }
        };
    final List<HostTuple> lost = new SharedList<>();
    final TestBolt loser =
        TestBolt.of(
            (tuple, out) -> {
              lost.add(tuple);
            });
    try (TestTopology topology =
        new TestTopology()
            .with("topology.message.timeout.secs", "10")
            .clock(this::movingClock)
            .spout("spout", spout)
            .bolt("joiner", joiner)
            .bolt("loser", loser)
            .route("spout", "joiner", Kind.SHUFFLE)
            .route("joiner", "loser", Kind.SHUFFLE)
            .run()) {
      topology.await("lost", () -> lost.size() == 2 && joined.get() == 2);
      topology.awaitWhileTimePasses(nowNs, "failed", () -> spout.failed.size() == 6);
      assertEquals(
          new TimedOut(6, 6, List.of(new HolderCount("loser", 6))),
          topology.group().stats().get(0).timedOut());
    }
  }

  @Test
  void aQuietSpoutsTreesAreAllFollowedAndABusyOnesThousandASecond() {
    int followed = 0;
    for (long tree = 0; tree < 1000; tree++) {
      trees.onLoop(tree * 10 * SECOND_NS / 1000);
      followed += trees.pick() ? 1 : 0;
    }
    assertEquals(1000, followed);
    int busy = 0;
    for (long tree = 0; tree < 1_000_000; tree++) {
      trees.onLoop(10 * SECOND_NS + tree * SECOND_NS / 1_000_000);
      busy += trees.pick() ? 1 : 0;
    }
    assertTrue(busy > 900 && busy < 1100, "followed " + busy);
  }

  @Test
  void manySpoutsOfOneWorkerShareEightThousandASecond() {
    final FollowedTrees one = new FollowedTrees(3, index -> "component-" + index, 40, 0);
    int followed = 0;
    for (long tree = 0; tree < 1_000_000; tree++) {
      one.onLoop(tree * SECOND_NS / 100_000);
      followed += one.pick() ? 1 : 0;
    }
    assertTrue(followed > 1900 && followed < 2200, "followed " + followed);
  }

  @Test
  void onlyWhatIsLeftWhenATreeTimesOutIsCountedAndNothingAfterItsEnd() {
    trees.begin(5);
    trees.begin(6);
    trees.add(5, 0, 3);
    trees.add(5, 0, -2);
    trees.add(5, 1, -1); // its creation was lost with a worker
    trees.add(6, 2, 1);
    trees.end(6);
    trees.add(6, 2, 1);
    trees.onTimeout(5);
    trees.end(5);
    trees.onTimeout(7); // not followed
    assertEquals(new TimedOut(2, 1, List.of(new HolderCount("component-0", 1))), trees.timedOut());
  }

  @Test
  void noMoreTreesAreFollowedAtATimeThanThereIsMemoryFor() {
    int begun = 0;
    while (begun < 10_000) {
      trees.onLoop(begun * SECOND_NS);
      if (!trees.pick()) {
        break;
      }
      trees.begin(begun++);
    }
    assertEquals(4096, begun);
    trees.end(0);
    assertTrue(trees.pick());
    assertFalse(new FollowedTrees(1, index -> "", 1, 0).timedOut().trees() > 0);
  }
}
