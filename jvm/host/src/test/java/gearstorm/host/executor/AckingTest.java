package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.spi.HostTuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AckingTest {
  // clause: fail-alone
  @Test
  void aFailReachesTheSpoutAndStopsNothing() throws Exception {
    final TestSpout spout = new TestSpout(100);
    final TestBolt bolt =
        TestBolt.of(
            (tuple, out) -> {
              if ((Integer) tuple.values().get(0) % 2 == 0) {
                out.fail(tuple);
              } else {
                out.ack(tuple);
              }
            });
    try (TestTopology topology = new TestTopology().chain(spout, bolt).run()) {
      topology.await("all", () -> spout.acked.size() + spout.failed.size() == 100);
      assertEquals(50, spout.failed.size());
      assertTrue(spout.failed.contains(42));
    }
  }

  /** The deltas of tuples of one tree that lie in a row go together. */
  @Test
  void aTreeEndsWithTheLastOfItsTuplesInARowWhoeverAcksIt() throws Exception {
    final TestSpout spout = new TestSpout(300);
    final TestBolt split =
        TestBolt.of(
            (tuple, out) -> {
              for (int part = 0; part < 4; part++) {
                out.emit("default", tuple, List.of(tuple.values().get(0)));
              }
              out.ack(tuple);
            });
    final List<HostTuple> kept = new SharedList<>();
    final AtomicInteger executed = new AtomicInteger();
    final TestBolt keep =
        TestBolt.of(
            (tuple, out) -> {
              final int number = executed.getAndIncrement();
              if (number / 4 % 3 == number % 4) {
                kept.add(tuple); // the first of one tree, the second of the next, and the third
              } else {
                out.ack(tuple);
              }
            });
    try (TestTopology topology =
        new TestTopology()
            .spout("spout", spout)
            .bolt("split", split)
            .bolt("keep", keep)
            .route("spout", "split", Kind.SHUFFLE)
            .route("split", "keep", Kind.SHUFFLE)
            .run()) {
      topology.await("all executed", () -> kept.size() == 300);
      assertEquals(List.of(), spout.acked);
      kept.forEach(keep.out::ack);
      topology.await("all acked", () -> spout.acked.size() == 300);
      assertEquals(List.of(), spout.failed);
    }
  }

  /** A spout that emits without a pause looks for acks only now and then, but before a timeout. */
  @Test
  void anAckThatHasArrivedCountsBeforeATimeoutThatIsDue() throws Exception {
    final AtomicLong nowNs = new AtomicLong();
    final AtomicInteger loops = new AtomicInteger();
    final TestSpout spout =
        new TestSpout(1) {
          @Override
          public void nextTuple() throws Exception {
            super.nextTuple();
            out.emit("other", List.of(0), null);
            loops.incrementAndGet();
          }
        };
    final AtomicReference<HostTuple> held = new AtomicReference<>();
    final TestBolt bolt =
        TestBolt.of(
            (tuple, out) -> {
              held.set(tuple);
            });
    try (TestTopology topology =
        new TestTopology()
            .with("topology.message.timeout.secs", "10")
            .clock(nowNs::get)
            .chain(spout, bolt)
            .run()) {
      topology.await("held", () -> held.get() != null);
      for (final long atNs : new long[] {10_000_000_000L, 19_999_995_000L}) {
        nowNs.set(atNs);
        final int seen = loops.get();
        topology.await("loops at this time", () -> loops.get() > seen + 2);
      }
      bolt.out.ack(held.get());
      nowNs.set(20_000_000_000L);
      topology.await("the end", () -> spout.acked.size() + spout.failed.size() == 1);
      assertEquals(List.of(0), spout.acked);
    }
  }

  // clause: timeout
  @Test
  void aTreeThatIsNotAckedFailsBetweenOneAndTwoTimeouts() throws Exception {
    final AtomicLong nowNs = new AtomicLong();
    final TestSpout spout = new TestSpout(1);
    final AtomicBoolean reached = new AtomicBoolean();
    final TestBolt forgetful =
        TestBolt.of(
            (tuple, out) -> {
              reached.set(true);
            });
    try (TestTopology topology =
        new TestTopology()
            .with("topology.message.timeout.secs", "10")
            .clock(nowNs::get)
            .spout("spout", spout)
            .bolt("forgetful", forgetful)
            .route("spout", "forgetful", Kind.SHUFFLE)
            .run()) {
      topology.await("reached", reached::get);
      nowNs.set(9_900_000_000L);
      Thread.sleep(50);
      assertEquals(List.of(), spout.failed);
      nowNs.set(10_000_000_000L);
      topology.group().activate();
      Thread.sleep(50);
      assertEquals(List.of(), spout.failed);
      topology.awaitWhileTimePasses(nowNs, "failed", () -> spout.failed.equals(List.of(0)));
    }
  }

  // clause: nobody-listens
  @Test
  void aTupleThatGoesNowhereIsAckedAfterTheEmit() throws Exception {
    final AtomicBoolean inside = new AtomicBoolean();
    final AtomicBoolean ackedInside = new AtomicBoolean();
    final TestSpout spout =
        new TestSpout(3) {
          @Override
          public void nextTuple() throws Exception {
            inside.set(true);
            super.nextTuple();
            out.emit("undeclared", List.of(1), emitted.get() + 100);
            inside.set(false);
          }

          @Override
          public void ack(final Object messageId, final long latencyNs) throws Exception {
            ackedInside.compareAndSet(false, inside.get());
            super.ack(messageId, latencyNs);
          }
        };
    try (TestTopology topology = new TestTopology().spout("spout", spout).run()) {
      topology.await("acked", () -> spout.acked.containsAll(List.of(0, 1, 2, 101, 102, 103)));
      assertFalse(ackedInside.get());
      assertEquals(List.of(), topology.fatals);
    }
  }

  // clause: no-ackers
  @Test
  void withoutAckersTheAckComesInsideTheEmit() throws Exception {
    final List<String> order = new SharedList<>();
    final TestSpout spout =
        new TestSpout(1) {
          @Override
          public void nextTuple() throws Exception {
            if (order.isEmpty()) {
              order.add("emit");
              super.nextTuple();
              order.add("emitted");
            }
          }

          @Override
          public void ack(final Object messageId, final long latencyNs) {
            order.add("ack " + messageId);
          }
        };
    final List<Long> roots = new SharedList<>();
    final TestBolt bolt =
        TestBolt.of(
            (tuple, out) -> {
              roots.add(tuple.root());
              out.ack(tuple);
            });
    try (TestTopology topology =
        new TestTopology().with("topology.acker.executors", "0").chain(spout, bolt).run()) {
      topology.await("executed", () -> roots.size() == 1);
      topology.await("emitted", () -> order.size() == 3);
      assertEquals(List.of("emit", "ack 0", "emitted"), order);
      assertEquals(List.of(0L), roots);
    }
  }

  // clause: multi-anchor
  @Test
  void aTupleOfSeveralTreesHoldsThemAllUntilItIsAcked() throws Exception {
    final TestSpout spout = new TestSpout(10);
    final TestBolt joiner =
        new TestBolt() {
          private final List<HostTuple> held = new ArrayList<>();

          @Override
          public void execute(final HostTuple tuple) {
            held.add(tuple);
            if (held.size() == 5) {
              out.emit("default", held, List.of("joined"));
              held.forEach(out::ack);
              held.clear();
            }
          }
        };
    final List<HostTuple> joined = new SharedList<>();
    final AtomicInteger relayed = new AtomicInteger();
    final TestBolt relay =
        TestBolt.of(
            (tuple, out) -> {
              out.emit("default", tuple, List.of("again"));
              out.ack(tuple);
              relayed.incrementAndGet();
            });
    final TestBolt last =
        TestBolt.of(
            (tuple, out) -> {
              joined.add(tuple);
              if (joined.size() == 2) {
                out.fail(joined.get(0));
                out.ack(joined.get(1));
              }
            });
    try (TestTopology topology =
        new TestTopology()
            .spout("spout", spout)
            .bolt("joiner", joiner)
            .bolt("relay", relay)
            .bolt("last", last)
            .route("spout", "joiner", Kind.SHUFFLE)
            .route("joiner", "relay", Kind.SHUFFLE)
            .route("relay", "last", Kind.SHUFFLE)
            .run()) {
      topology.await("all", () -> spout.acked.size() + spout.failed.size() == 10);
      assertEquals(List.of(0, 1, 2, 3, 4), spout.failed.stream().sorted().toList());
      assertEquals(List.of(5, 6, 7, 8, 9), spout.acked.stream().sorted().toList());
      assertEquals(2, relayed.get());
    }
  }

  // clause: direct-emit, direct-unsubscribed
  @Test
  void directEmitsFollowStormsRules() throws Exception {
    final List<Object> seen = new SharedList<>();
    final List<Throwable> thrown = new SharedList<>();
    final TestSpout spout =
        new TestSpout(1) {
          @Override
          public void nextTuple() {
            if (emitted.getAndIncrement() == 0) {
              out.emitDirect(3, "other", List.of("direct"), 1);
              out.emitDirect(4, "other", List.of("not subscribed"), 2);
              thrown.add(
                  assertThrows(
                      IllegalArgumentException.class,
                      () -> out.emit("other", List.of("plain"), 3)));
              thrown.add(
                  assertThrows(
                      IllegalArgumentException.class,
                      () -> out.emitDirect(4, "default", List.of("shuffled"), 4)));
            }
          }
        };
    try (TestTopology topology =
        new TestTopology()
            .spout("spout", spout)
            .bolt("direct", 2, task -> recorder(seen, task))
            .bolt("shuffled", 1, task -> recorder(seen, task))
            .route("spout", "other", "direct", Kind.DIRECT)
            .route("spout", "shuffled", Kind.SHUFFLE)
            .run()) {
      topology.await("acked", () -> spout.acked.size() == 2);
      assertEquals(List.of("3 direct"), seen);
      assertEquals(2, thrown.size());
      assertEquals(List.of(), topology.fatals);
    }
  }

  private static TestBolt recorder(final List<Object> seen, final int task) {
    return TestBolt.of(
        (tuple, out) -> {
          seen.add(task + " " + tuple.values().get(0));
          out.ack(tuple);
        });
  }

  // clause: emit-returns
  @Test
  void emitAnswersTheTasksOfAllSubscribersInOrder() throws Exception {
    final List<List<Integer>> answers = new SharedList<>();
    final TestSpout spout =
        new TestSpout(1) {
          @Override
          public void nextTuple() {
            if (emitted.getAndIncrement() == 0) {
              answers.add(out.emit("default", List.of(1), null));
              answers.add(out.emit("other", List.of(1), null));
              answers.add(out.emit("undeclared", List.of(1), null));
            }
          }
        };
    try (TestTopology topology =
        new TestTopology()
            .spout("spout", spout)
            .bolt("all", 2, task -> new TestBolt())
            .bolt("global", 2, task -> new TestBolt())
            .route("spout", "global", Kind.GLOBAL)
            .route("spout", "all", Kind.ALL)
            .route("spout", "other", "global", Kind.GLOBAL)
            .run()) {
      topology.await("emitted", () -> answers.size() == 3);
      assertEquals(List.of(List.of(4, 2, 3), List.of(4), List.of()), answers);
    }
  }

  // clause: arity
  @Test
  void aTupleWithTooManyValuesIsRefusedAndLeavesNoTree() throws Exception {
    final TestSpout spout =
        new TestSpout(1) {
          @Override
          public void nextTuple() throws Exception {
            if (emitted.get() == 0) {
              assertThrows(
                  IllegalArgumentException.class, () -> out.emit("default", List.of(1, 2), "bad"));
            }
            super.nextTuple();
          }
        };
    try (TestTopology topology =
        new TestTopology()
            .with("topology.max.spout.pending", "1")
            .chain(spout, new TestBolt())
            .run()) {
      topology.await("acked", () -> spout.acked.equals(List.of(0)));
      assertEquals(List.of(), topology.fatals);
    }
  }
}
