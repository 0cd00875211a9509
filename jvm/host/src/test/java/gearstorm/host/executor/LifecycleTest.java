package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.spi.BoltEmitter;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.SpoutEmitter;
import java.io.InterruptedIOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LifecycleTest {
  /** Writes down what is called on it, nextTuple only once. */
  private static final class LoggingSpout extends TestSpout {
    private final List<String> calls = new SharedList<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private LoggingSpout(final int limit) {
      super(limit);
    }

    private void called(final String name) {
      threads.add(Thread.currentThread());
      if (!calls.contains(name) || !name.equals("nextTuple")) {
        calls.add(name);
      }
    }

    @Override
    public void open(final SpoutEmitter emitter) throws Exception {
      called("open");
      super.open(emitter);
    }

    @Override
    public void activate() {
      called("activate");
    }

    @Override
    public void deactivate() {
      called("deactivate");
    }

    @Override
    public void nextTuple() throws Exception {
      called("nextTuple");
      super.nextTuple();
    }

    @Override
    public void ack(final Object messageId, final long latencyNs) throws Exception {
      threads.add(Thread.currentThread());
      super.ack(messageId, latencyNs);
    }

    @Override
    public void close() {
      called("close");
    }
  }

  // clause: initial-inactive
  @Test
  void nothingIsOpenedBeforeTheFirstActivation() throws Exception {
    final LoggingSpout spout = new LoggingSpout(1);
    final CountDownLatch prepared = new CountDownLatch(1);
    final TestBolt bolt =
        new TestBolt() {
          @Override
          public void prepare(final BoltEmitter emitter) throws Exception {
            super.prepare(emitter);
            prepared.countDown();
          }
        };
    try (TestTopology topology = new TestTopology().chain(spout, bolt).start()) {
      Thread.sleep(50);
      assertEquals(List.of(), spout.calls);
      assertEquals(1, prepared.getCount());
      topology.group().activate();
      prepared.await();
      topology.await("acked", () -> spout.acked.size() == 1);
    }
  }

  // clause: shutdown
  @Test
  void aTopologyThatIsNeverActivatedClosesNothing() {
    final LoggingSpout spout = new LoggingSpout(1);
    new TestTopology().spout("spout", spout).start().close();
    assertEquals(List.of(), spout.calls);
  }

  // clause: one-thread, tasks-in-turn, activate-first, shutdown
  @Test
  void callsComeInStormsOrderOnOneThread() throws Exception {
    final LoggingSpout spout = new LoggingSpout(3);
    try (TestTopology topology = new TestTopology().chain(spout, new TestBolt()).run()) {
      topology.await("acked", () -> spout.acked.size() == 3);
      topology.group().deactivate();
      topology.await("inactive", () -> spout.calls.contains("deactivate"));
      topology.group().activate();
      topology.await("active again", () -> Collections.frequency(spout.calls, "activate") == 2);
    }
    assertEquals(
        List.of("open", "activate", "nextTuple", "deactivate", "activate", "close"), spout.calls);
    assertEquals(1, spout.threads.size());
    final Thread thread = spout.threads.iterator().next();
    assertEquals("Thread-1-spout-executor[1 1]", thread.getName());
    assertSame(TestTopology.class.getClassLoader(), thread.getContextClassLoader());
  }

  // clause: deactivate-once
  @Test
  void acksArriveWhileInactive() throws Exception {
    final TestSpout spout = new TestSpout(1);
    final CountDownLatch release = new CountDownLatch(1);
    final TestBolt bolt =
        TestBolt.of(
            (tuple, out) -> {
              release.await();
              out.ack(tuple);
            });
    try (TestTopology topology = new TestTopology().chain(spout, bolt).run()) {
      topology.await("emitted", () -> spout.emitted.get() == 1);
      topology.group().deactivate();
      release.countDown();
      topology.await("acked", () -> spout.acked.size() == 1);
    }
  }

  // clause: uncaught-exception
  @Test
  void whatUserCodeThrowsIsFatalWithComponentAndTask() throws Exception {
    final IllegalStateException thrown = new IllegalStateException("mine");
    final TestBolt bolt =
        TestBolt.of(
            (tuple, out) -> {
              throw thrown;
            });
    try (TestTopology topology =
        new TestTopology()
            .spout("spout", new TestSpout(1))
            .bolt("thrower", 2, 1, null, task -> bolt)
            .route("spout", "thrower", Kind.GLOBAL)
            .run()) {
      topology.await("fatal", () -> !topology.fatals.isEmpty());
      assertEquals(List.of(new TestTopology.Failure("thrower", 2, thrown)), topology.fatals);
    }
  }

  // clause: uncaught-exception
  @Test
  void errorsOfOpenPrepareNextTupleAndAckAreFatalToo() throws Exception {
    final Set<String> expected = Set.of("open", "activate", "nextTuple", "ack");
    final Set<String> seen = new HashSet<>();
    for (final String where : expected) {
      try (TestTopology topology =
          new TestTopology().chain(new ThrowingSpout(where), new TestBolt()).run()) {
        topology.await("fatal in " + where, () -> !topology.fatals.isEmpty());
        assertEquals("spout", topology.fatals.get(0).component());
        seen.add(topology.fatals.get(0).error().getMessage());
      }
    }
    assertEquals(expected, seen);
  }

  private static final class ThrowingSpout extends TestSpout {
    private final String where;

    private ThrowingSpout(final String where) {
      super(1);
      this.where = where;
    }

    private void reach(final String place) throws Exception {
      if (place.equals(where)) {
        throw new Exception(place);
      }
    }

    @Override
    public void open(final SpoutEmitter emitter) throws Exception {
      reach("open");
      super.open(emitter);
    }

    @Override
    public void activate() throws Exception {
      reach("activate");
    }

    @Override
    public void nextTuple() throws Exception {
      reach("nextTuple");
      super.nextTuple();
    }

    @Override
    public void ack(final Object messageId, final long latencyNs) throws Exception {
      reach("ack");
    }
  }

  // clause: interrupted
  @Test
  void anInterruptEndsItsExecutorAndNothingElse() throws Exception {
    final Throwable read = new IllegalStateException(new InterruptedIOException("read"));
    final Throwable sleep = new InterruptedException("sleep");
    assertEquals(List.of(), errorsAfterBoltThrows(sleep));
    assertEquals(List.of(read), errorsAfterBoltThrows(read));
  }

  /** The errors that were shown while the rest of the topology went on, to its orderly end. */
  private static List<Throwable> errorsAfterBoltThrows(final Throwable thrown) throws Exception {
    final CountDownLatch cleaned = new CountDownLatch(1);
    final CountDownLatch othersInput = new CountDownLatch(100);
    final TestBolt ending =
        new TestBolt() {
          @Override
          public void execute(final HostTuple tuple) throws Exception {
            if (thrown instanceof Exception exception) {
              throw exception;
            }
          }

          @Override
          public void cleanup() {
            cleaned.countDown();
          }
        };
    final TestBolt other =
        TestBolt.of(
            (tuple, out) -> {
              othersInput.countDown();
            });
    final TestTopology topology =
        new TestTopology()
            .spout("spout", new TestSpout(100))
            .bolt("ending", ending)
            .bolt("other", other)
            .route("spout", "ending", Kind.SHUFFLE)
            .route("spout", "other", Kind.SHUFFLE)
            .run();
    othersInput.await();
    // What is thrown once the worker stops is of nobody's interest, so it has to be over before.
    topology.await(
        "the end of the executor",
        () -> topology.logged.stream().anyMatch(line -> line.endsWith("its executor has ended")));
    topology.close();
    cleaned.await();
    assertEquals(List.of(), topology.fatals);
    return topology.errors.stream().map(TestTopology.Failure::error).toList();
  }

  @Test
  void cleanupThatThrowsIsReportedAndStopsNothing() throws Exception {
    final List<String> cleaned = new SharedList<>();
    final TestTopology topology =
        new TestTopology()
            .bolt(
                "bolt",
                2,
                1,
                null,
                task ->
                    new TestBolt() {
                      @Override
                      public void prepare(final BoltEmitter emitter) {
                        cleaned.add("prepared");
                      }

                      @Override
                      public void cleanup() {
                        cleaned.add("cleaned");
                        throw new IllegalStateException("cleanup");
                      }
                    })
            .run();
    topology.await("prepared", () -> cleaned.size() == 2);
    topology.close();
    assertEquals(List.of("prepared", "prepared", "cleaned", "cleaned"), cleaned);
    assertEquals(2, topology.errors.size());
    assertEquals(List.of(), topology.fatals);
  }

  @Test
  void stopDoesNotWaitForUserCodeThatNeverReturns() throws Exception {
    final CountDownLatch stuck = new CountDownLatch(1);
    final TestSpout spout =
        new TestSpout(1) {
          @Override
          public void nextTuple() throws Exception {
            stuck.countDown();
            Thread.sleep(Long.MAX_VALUE);
          }
        };
    final TestTopology topology = new TestTopology().spout("spout", spout).run();
    stuck.await();
    topology.close();
    assertTrue(topology.fatals.isEmpty());
  }

  // clause: report-error
  @Test
  void reportedErrorsAreThrottledToFivePerInterval() throws Exception {
    final TestBolt bolt =
        TestBolt.of(
            (tuple, out) -> {
              out.reportError(new IllegalStateException("again"));
              out.ack(tuple);
            });
    final TestSpout spout = new TestSpout(20);
    try (TestTopology topology =
        new TestTopology()
            .with("topology.error.throttle.interval.secs", "600")
            .chain(spout, bolt)
            .run()) {
      topology.await("acked", () -> spout.acked.size() == 20);
      assertEquals(5, topology.errors.size());
      assertEquals(2, topology.errors.get(0).task());
    }
  }
}
