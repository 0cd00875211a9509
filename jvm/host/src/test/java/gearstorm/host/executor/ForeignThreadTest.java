package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.spi.BoltEmitter;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.ValueCodec;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threads of the user's that emit through a bolt's collector. */
@Timeout(60)
class ForeignThreadTest {
  @TempDir Path folder;

  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger emitted = new AtomicInteger();
  private Thread foreign;

  /** Starts a thread that emits a value so many times. */
  private class Source extends TestBolt {
    private final int count;
    private final Object value;
    private final boolean interrupted;

    Source(final int count, final Object value, final boolean interrupted) {
      this.count = count;
      this.value = value;
      this.interrupted = interrupted;
    }

    @Override
    public void prepare(final BoltEmitter emitter) throws Exception {
      super.prepare(emitter);
      foreign = new Thread(this::emitAll, "foreign");
      foreign.start();
    }

    private void emitAll() {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      for (int each = 0; each < count; each++) {
        out.emit("default", List.of(), List.of(value));
        emitted.incrementAndGet();
      }
      if (interrupted) {
        assertTrue(Thread.interrupted(), "the interrupt is kept");
        emitted.incrementAndGet();
      }
    }
  }

  private final class Blocked extends TestBolt {
    @Override
    public void execute(final HostTuple tuple) throws Exception {
      release.await();
      out.ack(tuple);
    }
  }

  private TestTopology blocked(final Source source) {
    return new TestTopology()
        .bolt("source", source)
        .bolt("blocked", new Blocked())
        .route("source", "blocked", Kind.SHUFFLE)
        .run();
  }

  @Test
  void aPendingInterruptLetsNoThreadPastTheBoundAndIsKept() throws Exception {
    try (TestTopology topology = blocked(new Source(50_000, 1, true))) {
      topology.await("full", () -> emitted.get() >= 6_000);
      Thread.sleep(50);
      assertTrue(emitted.get() <= 2048 + 4096 + 10, "emitted " + emitted.get());
      release.countDown();
      topology.await("all", () -> emitted.get() == 50_001);
    }
  }

  @Test
  void largeValuesAreBoundedByWhatTheyHold() throws Exception {
    // 16 MiB in the mailbox, 4 MiB in the overflow, and one more in either.
    try (TestTopology topology = blocked(new Source(100, "x".repeat(1 << 20), false))) {
      topology.await("full", () -> emitted.get() >= 4);
      Thread.sleep(50);
      assertTrue(emitted.get() <= 16 + 4 + 3, "emitted " + emitted.get());
      release.countDown();
      topology.await("all", () -> emitted.get() == 100);
    }
  }

  @Test
  void whoWaitsForRoomIsFreedWhenTheWorkerStopsAndNothingIsKeptOfLaterEmits() throws Exception {
    final Source source = new Source(50_000, 1, false);
    try (TestTopology topology = blocked(source)) {
      topology.await("full", () -> emitted.get() >= 6_000);
      topology.group().stop();
      foreign.join();
      assertEquals(50_000, emitted.get());
      final WeakReference<Object> later = new WeakReference<>(emitNew(source));
      while (later.get() != null) {
        System.gc();
        Thread.sleep(1);
      }
      assertNull(later.get());
    }
  }

  private static Object emitNew(final TestBolt source) {
    final Object value = new Object();
    source.out.emit("default", List.of(), List.of(value));
    return value;
  }

  /** Blocks whoever encodes a certain value. */
  private final class BlockingCodec implements ValueCodec {
    private final ValueCodec text = new TestTopology.TextCodec();

    @Override
    public byte[] encode(final List<Object> values) {
      if (values.get(0).equals("blocks")) {
        emitted.incrementAndGet();
        try {
          release.await();
        } catch (InterruptedException error) {
          throw new IllegalStateException(error);
        }
      }
      return text.encode(values);
    }

    @Override
    public List<Object> decode(final byte[] buffer, final int offset, final int length) {
      return text.decode(buffer, offset, length);
    }
  }

  @Test
  void aSerializerThatBlocksOneThreadStopsNoOther() throws Exception {
    final TestSpout spout = new TestSpout(200);
    final Source relay =
        new Source(1, "blocks", false) {
          @Override
          public void execute(final HostTuple tuple) {
            out.emit("default", tuple, tuple.values());
            out.ack(tuple);
          }
        };
    try (TestTopology topology =
        new TestTopology()
            .codec(BlockingCodec::new)
            .spout("spout", spout)
            .bolt("relay", relay)
            .on(1)
            .bolt("sink", new TestBolt())
            .route("spout", "relay", Kind.SHUFFLE)
            .route("relay", "sink", Kind.SHUFFLE)
            .runLinked(folder)) {
      topology.await("blocked", () -> emitted.get() == 1);
      topology.await("acked", () -> spout.acked.size() == 200);
      release.countDown();
      topology.await("emitted", () -> emitted.get() == 2);
      assertEquals(List.of(), topology.fatals);
    }
  }

  @Test
  void aSerializerThatThrowsIsHeardByTheEmitAndHarmsNoLaterOne() throws Exception {
    final AtomicInteger thrown = new AtomicInteger();
    final TestSpout spout =
        new TestSpout(5_000) {
          @Override
          public void nextTuple() throws Exception {
            try {
              out.emit("default", List.of(new Unserializable()), "never");
            } catch (IllegalArgumentException error) {
              thrown.incrementAndGet();
            }
            super.nextTuple();
          }
        };
    try (TestTopology topology =
        new TestTopology()
            .codec(
                () ->
                    new ValueCodec() {
                      private final ValueCodec text = new TestTopology.TextCodec();

                      @Override
                      public byte[] encode(final List<Object> values) {
                        if (values.get(0) instanceof Unserializable) {
                          throw new IllegalArgumentException("no serializer");
                        }
                        return text.encode(values);
                      }

                      @Override
                      public List<Object> decode(
                          final byte[] buffer, final int offset, final int length) {
                        return text.decode(buffer, offset, length);
                      }
                    })
            .with("topology.max.spout.pending", "10")
            .spout("spout", spout)
            .on(1)
            .bolt("sink", new TestBolt())
            .route("spout", "sink", Kind.SHUFFLE)
            .runLinked(folder)) {
      topology.await("acked", () -> spout.acked.size() == 5_000);
      assertTrue(thrown.get() >= 5_000);
      assertEquals(1, topology.fatals.size(), "as in Storm, the worker is to end, told once");
    }
  }

  private static final class Unserializable {}
}
