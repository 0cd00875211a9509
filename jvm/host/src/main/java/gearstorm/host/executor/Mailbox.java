package gearstorm.host.executor;

import gearstorm.host.flow.Bell;
import gearstorm.host.flow.Cursor;
import gearstorm.host.flow.Ring;
import gearstorm.host.flow.RingLimit;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.spi.TaskCounts.QueueState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * All ways into one bolt executor: a ring per source executor of this process and one per peer and
 * task. They share the mailbox's budget of tuples. It has two lanes: what may come from the same
 * cycle as the bolt, and what enters it. Each lane has bytes of its own, so that tuples which are
 * kept from entering a cycle take no room from those that must go round. Immutable once the group
 * is built.
 */
final class Mailbox {
  private static final int RING_TUPLES_MIN = 16;

  /** So many times its share may a ring hold whose tuples are taken quickly. */
  private static final int FLOW_FACTOR_MAX = 8;

  private static final long INLET_BYTES_MIN = 256 << 10;

  /** Up to so many rings are looked at one by one. */
  private static final int RINGS_UNMARKED_MAX = 8;

  private final Bell bell;
  private final LongSupplier nanoTime;
  private final ComponentConfig config;
  private final int ringCount;
  private final int ringTuples;

  /** Whether the limits of local rings follow how quickly their tuples are taken. */
  private final boolean paced;

  private final long inletBytes;
  private final InputLane loop;
  private final InputLane entry;

  /** Of all rings, beside their own counts: senders look often, and this is one word to read. */
  private final Cursor taken = new Cursor();

  private final Map<ExecutorPlan, RingOutlet> outlets = new HashMap<>();
  private final Map<PeerTask, TupleRingInlet> inlets = new HashMap<>();

  private record PeerTask(int peerWorker, int task) {}

  /**
   * How much a mailbox holds and how many share it.
   *
   * @param tuples of all rings together
   * @param bytes of large tuples, of all local rings of a lane together and of all inlets together
   * @param sources how many executors of this process send
   * @param inlets how many ways from peers there are, by peer and task
   */
  record Bounds(long tuples, long bytes, int sources, int inlets) {}

  Mailbox(
      final Bell bell,
      final Bounds bounds,
      final ComponentConfig config,
      final LongSupplier nanoTime) {
    this.bell = bell;
    this.config = config;
    this.nanoTime = nanoTime;
    ringCount = Math.max(1, bounds.sources + bounds.inlets);
    final long share = Math.max(RING_TUPLES_MIN, bounds.tuples / ringCount);
    ringTuples = (int) Math.min(Long.highestOneBit(share), 1 << 20);
    inletBytes = Math.max(INLET_BYTES_MIN, bounds.bytes / Math.max(1, bounds.inlets));
    final boolean marked = ringCount > RINGS_UNMARKED_MAX;
    paced = !marked;
    loop = new InputLane(bounds.bytes, marked);
    entry = new InputLane(bounds.bytes, marked);
  }

  /** What came in by all rings; any thread. */
  QueueState state() {
    return new QueueState(
        rings().stream().mapToLong(Ring::limit).sum(),
        rings().stream().mapToLong(Ring::offered).sum(),
        rings().stream().mapToLong(Ring::taken).sum());
  }

  /** The executor: it has taken so many tuples more in a burst. */
  void onTaken(final int tuples) {
    taken.set(taken.own() + tuples);
  }

  /** Tuples taken so far; a burst late, any thread. */
  long taken() {
    return taken.seen();
  }

  /** What waits: local tuples from a KiB on by estimate, those of peers as encoded; any thread. */
  long bytes() {
    return loop.budget().heldBytes()
        + entry.budget().heldBytes()
        + inlets.values().stream().mapToLong(TupleRingInlet::waitingBytes).sum();
  }

  /**
   * @param isLoop whether source and target are in one cycle of the graph
   */
  void addSource(final ExecutorPlan source, final boolean isLoop) {
    final InputLane lane = isLoop ? loop : entry;
    final int tuplesMax = paced ? ringTuples * FLOW_FACTOR_MAX : ringTuples;
    final Ring ring = new Ring(ringTuples, tuplesMax);
    final RingLimit limit = paced ? new RingLimit(ringTuples, tuplesMax, nanoTime) : null;
    outlets.put(source, new RingOutlet(ring, lane, lane.add(ring), bell, limit, stampsOf(ring)));
  }

  /**
   * @param isLoop whether any tuple from the peer can be of a cycle: such an inlet is never held
   *     back
   */
  void addPeer(final int peerWorker, final int task, final boolean isLoop) {
    final InputLane lane = isLoop ? loop : entry;
    final Ring ring = new Ring(ringTuples);
    inlets.put(
        new PeerTask(peerWorker, task),
        new TupleRingInlet(ring, lane, lane.add(ring), inletBytes, bell, stampsOf(ring)));
  }

  Outlet outletFrom(final ExecutorPlan source) {
    return outlets.get(source);
  }

  /**
   * @throws IllegalArgumentException when the plan sends nothing from that worker to the task
   */
  TupleRingInlet inlet(final int peerWorker, final int task) {
    final TupleRingInlet inlet = inlets.get(new PeerTask(peerWorker, task));
    if (inlet == null) {
      throw new IllegalArgumentException("worker " + peerWorker + " sends nothing to task " + task);
    }
    return inlet;
  }

  private Stamps stampsOf(final Ring ring) {
    return new Stamps(ring, config, ringCount, nanoTime);
  }

  /** Rings whose tuples may come from the same cycle. */
  InputLane loop() {
    return loop;
  }

  InputLane entry() {
    return entry;
  }

  List<Ring> rings() {
    final List<Ring> rings = new ArrayList<>(loop.rings());
    rings.addAll(entry.rings());
    return rings;
  }
}
