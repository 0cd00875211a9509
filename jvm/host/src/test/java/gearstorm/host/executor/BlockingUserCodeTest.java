package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.spi.BoltEmitter;
import gearstorm.host.spi.HostTuple;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockingUserCodeTest {
  /** How user code keeps its thread until so many tuples have arrived somewhere else. */
  private interface Keeping {
    void keep(CountDownLatch arrived) throws Exception;
  }

  private static void spin(final CountDownLatch arrived) {
    while (arrived.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  /** To the JVM this thread runs all the time. */
  private static void read(final CountDownLatch arrived) throws Exception {
    final Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      final Thread writer =
          new Thread(
              () -> {
                try {
                  arrived.await();
                  sink.write(ByteBuffer.allocate(1));
                } catch (IOException | InterruptedException gone) {
                  Thread.currentThread().interrupt();
                }
              });
      writer.start();
      source.read(ByteBuffer.allocate(1));
      writer.join();
    }
  }

  @Test
  void whatABoltEmitsArrivesWhileItWaitsForTheEffectEvenWithoutRoom() throws Exception {
    emitAndKeep(1, CountDownLatch::await);
    emitAndKeep(5_000, CountDownLatch::await);
    emitAndKeep(1_000, BlockingUserCodeTest::spin);
    emitAndKeep(200, BlockingUserCodeTest::read);
  }

  private static void emitAndKeep(final int emits, final Keeping keeping) throws Exception {
    final CountDownLatch arrived = new CountDownLatch(emits);
    final TestBolt waiter =
        TestBolt.of(
            (tuple, out) -> {
              for (int number = 0; number < emits; number++) {
                out.emit("default", tuple, List.of(number));
              }
              keeping.keep(arrived);
              out.ack(tuple);
            });
    final TestBolt sink =
        TestBolt.of(
            (tuple, out) -> {
              out.ack(tuple);
              arrived.countDown();
            });
    final TestSpout spout = new TestSpout(1);
    try (TestTopology topology =
        new TestTopology()
            .with("gearstorm.mailbox.tuples", "16")
            .spout("spout", spout)
            .bolt("waiter", waiter)
            .bolt("sink", sink)
            .route("spout", "waiter", Kind.SHUFFLE)
            .route("waiter", "sink", Kind.SHUFFLE)
            .run()) {
      topology.await("acked", () -> spout.acked.size() == 1);
    }
  }

  @Test
  void acksArriveWhileTheirBoltStillBlocks() throws Exception {
    final TestSpout spout = new TestSpout(1);
    final CountDownLatch release = new CountDownLatch(1);
    final TestBolt bolt =
        TestBolt.of(
            (tuple, out) -> {
              out.ack(tuple);
              release.await();
            });
    try (TestTopology topology = new TestTopology().chain(spout, bolt).run()) {
      topology.await("acked", () -> spout.acked.size() == 1);
      release.countDown();
    }
  }

  /** As ShellBolt: execute only hands over, a reader thread emits and acks. */
  private static final class HandingBolt extends TestBolt {
    private final BlockingQueue<HostTuple> queue = new LinkedBlockingQueue<>(10);
    private final Thread reader = new Thread(this::read);

    @Override
    public void prepare(final BoltEmitter emitter) throws Exception {
      super.prepare(emitter);
      reader.start();
    }

    @Override
    public void execute(final HostTuple tuple) throws Exception {
      if ((Integer) tuple.values().get(0) % 10 == 0) {
        out.emit("other", tuple, tuple.values());
      }
      queue.put(tuple);
    }

    @Override
    public void cleanup() {
      reader.interrupt();
    }

    private void read() {
      try {
        while (true) {
          final HostTuple tuple = queue.take();
          out.emit("default", tuple, tuple.values());
          out.ack(tuple);
        }
      } catch (InterruptedException end) {
        Thread.currentThread().interrupt();
      }
    }
  }

  // clause: bolt-threads
  @Test
  void emitsAndAcksOfAnotherThreadKeepTheirOrderAndLoseNothing() throws Exception {
    final int count = 30_000;
    final TestSpout spout = new TestSpout(count);
    final List<Object> seen = new SharedList<>();
    final TestBolt sink =
        TestBolt.of(
            (tuple, out) -> {
              if (tuple.streamNumber() == 0) {
                seen.add(tuple.values().get(0));
              }
              out.ack(tuple);
            });
    try (TestTopology topology =
        new TestTopology()
            .with("gearstorm.mailbox.tuples", "64")
            .spout("spout", spout)
            .bolt("handing", new HandingBolt())
            .bolt("sink", sink)
            .route("spout", "handing", Kind.SHUFFLE)
            .route("handing", "sink", Kind.SHUFFLE)
            .route("handing", "other", "sink", Kind.SHUFFLE)
            .run()) {
      topology.await("acked", () -> spout.acked.size() == count);
      assertEquals(IntStream.range(0, count).<Object>mapToObj(each -> each).toList(), seen);
      assertEquals(List.of(), topology.fatals);
    }
  }

  @Test
  void aForeignThreadWaitsForRoomInsteadOfFillingTheMemory() throws Exception {
    final CountDownLatch release = new CountDownLatch(1);
    final AtomicInteger emitted = new AtomicInteger();
    final TestBolt source =
        new TestBolt() {
          @Override
          public void prepare(final BoltEmitter emitter) throws Exception {
            super.prepare(emitter);
            new Thread(
                    () -> {
                      for (int number = 0; number < 50_000; number++) {
                        emitter.emit("default", List.of(), List.of(number));
                        emitted.incrementAndGet();
                      }
                    })
                .start();
          }
        };
    final List<Object> seen = new SharedList<>();
    final TestBolt sink =
        TestBolt.of(
            (tuple, out) -> {
              release.await();
              seen.add(tuple.values().get(0));
            });
    try (TestTopology topology =
        new TestTopology()
            .bolt("source", source)
            .bolt("sink", sink)
            .route("source", "sink", Kind.SHUFFLE)
            .run()) {
      topology.await("full", () -> emitted.get() >= 6_000);
      Thread.sleep(100);
      assertTrue(emitted.get() <= 2048 + 4096 + 10, "emitted " + emitted.get());
      release.countDown();
      topology.await("all", () -> seen.size() == 50_000);
      assertEquals(IntStream.range(0, 50_000).<Object>mapToObj(each -> each).toList(), seen);
    }
  }

  /**
   * Emits and waits until that was acked. By its clock this is quick at first, then slow: from a
   * call on before which it heard of acks.
   */
  private static final class SlowingSpout extends TestSpout {
    private static final int QUICK_CALLS = 100;
    private static final int SLOW_CALLS = 60;
    private static final long QUICK_NS = 300;
    private static final long SLOW_NS = 1_000_000;

    private final AtomicLong nowNs = new AtomicLong();
    private final Semaphore acks = new Semaphore(0);

    /** At each slow call, of how many acks it had not heard. */
    private final List<Integer> unheard = new SharedList<>();

    private int calls;
    private int heardBefore;

    SlowingSpout() {
      super(0);
    }

    @Override
    public void nextTuple() throws Exception {
      if (unheard.size() == SLOW_CALLS) {
        return;
      }
      final int heard = acked.size();
      final boolean becomesSlow = calls >= QUICK_CALLS && heard > heardBefore;
      heardBefore = heard;
      if (becomesSlow || !unheard.isEmpty()) {
        unheard.add(calls - heard);
      }
      calls++;
      out.emit("default", List.of(calls), calls);
      acks.acquire();
      nowNs.addAndGet(unheard.isEmpty() ? QUICK_NS : SLOW_NS);
    }
  }

  // clause: ack-between-calls
  @Test
  void aSpoutThatHasBecomeSlowHearsOfAcksBetweenAnyTwoCalls() throws Exception {
    final SlowingSpout spout = new SlowingSpout();
    final TestBolt bolt =
        TestBolt.of(
            (tuple, out) -> {
              out.ack(tuple);
              spout.acks.release();
            });
    try (TestTopology topology =
        new TestTopology().clock(spout.nowNs::get).chain(spout, bolt).run()) {
      topology.await("all", () -> spout.unheard.size() == SlowingSpout.SLOW_CALLS);
      // Once it has been slow for a few calls.
      assertEquals(Set.of(0), Set.copyOf(spout.unheard.subList(20, SlowingSpout.SLOW_CALLS)));
    }
  }
}
