package gearstorm.host.transport;

import gearstorm.host.executor.Outlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures one link between two workers of this process: tracked tuples of 100 bytes of values, a
 * window of 2048, credit returned at once. Run by hand: {@code java -cp ... LinkThroughput
 * [tuples]}.
 */
final class LinkThroughput {
  private static final int WINDOW = 2048;
  private static final int VALUE_BYTES = 100;

  private LinkThroughput() {}

  public static void main(final String[] arguments) throws Exception {
    final long count = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5_000_000;
    final Path folder = Files.createTempDirectory("link");
    final Map<Integer, Integer> tasks = Map.of(0, 0, 1, 1);
    final LinkLog log = (level, message, cause) -> {};
    try (WorkerLinks sender = new WorkerLinks(settings(0, folder, tasks), log);
        WorkerLinks receiver = new WorkerLinks(settings(1, folder, tasks), log)) {
      final CountingInlets inlets = new CountingInlets();
      receiver.start(inlets);
      sender.start(inlets);
      for (int round = 0; round < 5; round++) {
        measure(sender, inlets, count);
      }
    } finally {
      for (int worker = 0; worker < tasks.size(); worker++) {
        Files.deleteIfExists(folder.resolve("w" + worker + ".sock"));
      }
      Files.delete(folder);
    }
  }

  private static void measure(
      final WorkerLinks sender, final CountingInlets inlets, final long count) {
    final Outlet outlet = sender.outlet(0, 1);
    final long until = inlets.taken.get() + count;
    final long startNs = System.nanoTime();
    final TestTuple tuple = new TestTuple(0, 0, 1, 0, 1, 2, null, List.of(new byte[VALUE_BYTES]));
    for (long i = 0; i < count; i++) {
      while (!outlet.offer(tuple, 0, new TestCodec().encode(tuple.values()))) {
        LockSupport.parkNanos(20_000);
      }
      outlet.signal();
    }
    while (inlets.taken.get() < until) {
      LockSupport.parkNanos(20_000);
    }
    final double seconds = (System.nanoTime() - startNs) / 1e9;
    System.out.printf("%.2f M tuples/s%n", count / seconds / 1e6);
  }

  private static LinkSettings settings(
      final int worker, final Path folder, final Map<Integer, Integer> tasks) throws IOException {
    return new LinkSettings(
        worker, 1, "bench-1", folder.resolve("w").toString(), tasks, LinkSettings.DEFAULT_GRACE);
  }

  /** Takes every tuple as it comes. */
  private static final class CountingInlets implements Inlets, Inlets.TupleInlet {
    final AtomicLong taken = new AtomicLong();
    private Runnable listener;

    @Override
    public TupleInlet tupleInlet(final int peerWorker, final int targetTask) {
      return this;
    }

    @Override
    public ProgressInlet progressInlet(final int peerWorker, final int spoutTask) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void treeCount(
        final int spoutTask, final long root, final int component, final int tuples) {}

    @Override
    public int capacityTuples() {
      return WINDOW;
    }

    @Override
    public boolean offer(final EncodedTuple tuple) {
      if (taken.incrementAndGet() % (WINDOW / 4) == 0) {
        listener.run();
      }
      return true;
    }

    @Override
    public long capacityBytes() {
      return Long.MAX_VALUE / 2;
    }

    @Override
    public long takenBytes() {
      return 0;
    }

    @Override
    public long taken() {
      return taken.get();
    }

    @Override
    public void onTaken(final Runnable newListener) {
      listener = newListener;
    }

    @Override
    public void signal() {}
  }
}
