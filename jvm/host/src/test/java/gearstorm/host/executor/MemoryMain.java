package gearstorm.host.executor;

import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.spi.HostTuple;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An endless spout of values of a megabyte, a bolt that is blocked for a while, a small heap:
 * whoever holds more than he should dies of it. Arguments: workers, whether to track, socket
 * folder.
 */
final class MemoryMain {
  private static final int RESTED_ROUNDS = 20;
  private static final int TUPLES_TO_PASS = 300;

  private MemoryMain() {}

  private static final class Endless extends TestSpout {
    Endless(final boolean tracked) {
      super(Integer.MAX_VALUE, tracked);
    }

    @Override
    public void nextTuple() throws Exception {
      final int number = emitted.incrementAndGet();
      out.emit("default", List.of("x".repeat(1 << 20)), tracked() ? number : null);
    }

    @Override
    public void ack(final Object messageId, final long latencyNs) {}
  }

  private static final class Relay extends TestBolt {
    @Override
    public void execute(final HostTuple tuple) {
      out.emit("default", tuple, tuple.values());
      out.ack(tuple);
    }
  }

  @SuppressWarnings("SystemOut")
  public static void main(final String[] arguments) throws Exception {
    final int workers = Integer.parseInt(arguments[0]);
    final Endless spout = new Endless(Boolean.parseBoolean(arguments[1]));
    final CountDownLatch release = new CountDownLatch(1);
    final AtomicInteger passed = new AtomicInteger();
    final TestBolt blocked =
        TestBolt.of(
            (tuple, out) -> {
              release.await();
              passed.incrementAndGet();
              out.ack(tuple);
            });
    try (TestTopology topology =
        new TestTopology()
            .spout("spout", spout)
            .on(workers - 1)
            .bolt("relay", new Relay())
            .bolt("blocked", blocked)
            .route("spout", "relay", Kind.SHUFFLE)
            .route("relay", "blocked", Kind.SHUFFLE)) {
      if (workers == 1) {
        topology.run();
      } else {
        topology.runLinked(Path.of(arguments[2]));
      }
      awaitRest(topology, spout.emitted);
      final int whileBlocked = spout.emitted.get();
      release.countDown();
      topology.await("passed", () -> passed.get() > TUPLES_TO_PASS);
      System.out.println(whileBlocked + " emitted while blocked " + topology.fatals);
    }
  }

  /** Until the spout has not emitted for a while. */
  private static void awaitRest(final TestTopology topology, final AtomicInteger emitted)
      throws InterruptedException {
    int rested = 0;
    int last = -1;
    while (rested < RESTED_ROUNDS && topology.fatals.isEmpty()) {
      Thread.sleep(20);
      rested = emitted.get() == last && last > 0 ? rested + 1 : 0;
      last = emitted.get();
    }
  }
}
