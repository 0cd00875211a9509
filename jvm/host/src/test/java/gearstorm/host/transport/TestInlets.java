package gearstorm.host.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Executors reduced to bounded queues that a test empties by hand. */
final class TestInlets implements Inlets {
  static final int CAPACITY_BYTES = 8 << 20;

  final Map<Integer, Tuples> tuples = new ConcurrentHashMap<>();
  final Map<Integer, Deltas> deltas = new ConcurrentHashMap<>();

  final BlockingQueue<String> trees = new LinkedBlockingQueue<>();

  private final int capacity;

  TestInlets(final int capacity) {
    this.capacity = capacity;
  }

  record Delta(int rootTask, long root, long xor, boolean failed) {}

  @Override
  public Tuples tupleInlet(final int peerWorker, final int targetTask) {
    return tuples.computeIfAbsent(targetTask, task -> new Tuples(capacity));
  }

  @Override
  public Deltas progressInlet(final int peerWorker, final int spoutTask) {
    return deltas.computeIfAbsent(spoutTask, task -> new Deltas(capacity));
  }

  @Override
  public void treeCount(
      final int spoutTask, final long root, final int component, final int tuples) {
    trees.add(spoutTask + " " + root + " " + component + " " + tuples);
  }

  /** One task's queue; the test's thread takes. */
  static final class Tuples implements TupleInlet {
    final AtomicInteger most = new AtomicInteger();
    final AtomicInteger signals = new AtomicInteger();

    private final int capacity;
    private final ArrayBlockingQueue<EncodedTuple> queue;
    private Runnable listener;
    private volatile long taken;
    private volatile long takenBytes;
    private long toldTuples;
    private long toldBytes;

    Tuples(final int capacity) {
      this.capacity = capacity;
      this.queue = new ArrayBlockingQueue<>(capacity);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the test's thread takes
    EncodedTuple take() throws InterruptedException {
      final EncodedTuple tuple = queue.take();
      takenBytes += tuple.bytes();
      taken++;
      if (taken - toldTuples >= Math.max(1, capacity / 4)
          || takenBytes - toldBytes >= CAPACITY_BYTES / 4) {
        toldTuples = taken;
        toldBytes = takenBytes;
        listener.run();
      }
      return tuple;
    }

    int size() {
      return queue.size();
    }

    @Override
    public int capacityTuples() {
      return capacity;
    }

    @Override
    public long capacityBytes() {
      return CAPACITY_BYTES;
    }

    @Override
    public long takenBytes() {
      return takenBytes;
    }

    @Override
    public boolean offer(final EncodedTuple tuple) {
      final boolean room = queue.offer(tuple);
      most.accumulateAndGet(queue.size(), Math::max);
      return room;
    }

    @Override
    public long taken() {
      return taken;
    }

    @Override
    public void onTaken(final Runnable newListener) {
      listener = newListener;
    }

    @Override
    public void signal() {
      signals.incrementAndGet();
    }
  }

  /** One spout's deltas. */
  static final class Deltas implements ProgressInlet {
    private final ArrayBlockingQueue<Delta> queue;

    Deltas(final int capacity) {
      this.queue = new ArrayBlockingQueue<>(capacity);
    }

    Delta take() throws InterruptedException {
      return queue.take();
    }

    List<Delta> takeAll() {
      final List<Delta> all = new ArrayList<>();
      queue.drainTo(all);
      return all;
    }

    @Override
    public boolean offer(
        final int rootTask, final long root, final long xor, final boolean failed) {
      return queue.offer(new Delta(rootTask, root, xor, failed));
    }

    @Override
    public void signal() {}
  }
}
