package gearstorm.host.executor;

import gearstorm.host.progress.DeltaSink;
import gearstorm.host.progress.PendingTable;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * What one spout executor knows of its tuple trees: the table, the message timeout and the counts.
 * On the executor's thread only, but for reading the counts.
 */
final class SpoutProgress implements PendingTable.Outcome {
  private static final long NOT_SAMPLED = -1;
  private static final int INITIAL_TREES = 1024;

  /** Time enough for senders to hand in what they folded while nobody drained. */
  private static final long HAND_IN_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final PendingTable pending;
  private final DeltaSink applyDelta;
  private final FollowedTrees trees;
  private final TimeoutLog timeoutLog;
  private final Callbacks callbacks;
  private final LongSupplier nanoTime;
  private final Sampler sampler;
  private final boolean tracks;
  private final IntFunction<TaskCounters> counters;

  /** Time between rotations; 0 when trees have no timeout. */
  private final long timeoutNs;

  private long nextRotationNs;

  /** The next rotation was put off already. */
  private boolean putOff;

  /** At the last drain senders had found no room, and have folded deltas since. */
  private boolean moreWaits;

  private long emits;

  /** The user code that hears of a tree's end; a latency is negative when it is not sampled. */
  interface Callbacks {
    void acked(int task, Object messageId, long latencyNs);

    void failed(int task, Object messageId, long latencyNs);
  }

  /**
   * @param counters by task
   * @param trees of the executor
   * @param callbacks into user code, once per tree
   */
  SpoutProgress(
      final int incarnation,
      final ComponentConfig config,
      final IntFunction<TaskCounters> counters,
      final LongSupplier nanoTime,
      final FollowedTrees trees,
      final TimeoutLog timeoutLog,
      final Callbacks callbacks) {
    this.trees = trees;
    this.timeoutLog = timeoutLog;
    pending = new PendingTable(incarnation, INITIAL_TREES, this);
    applyDelta = pending::apply;
    this.callbacks = callbacks;
    this.nanoTime = nanoTime;
    sampler = new Sampler(config);
    tracks = config.integer("topology.acker.executors", 1) != 0;
    timeoutNs = timeoutNs(config);
    nextRotationNs = nanoTime.getAsLong() + timeoutNs;
    this.counters = counters;
  }

  /** False when the topology runs without ackers: every emit is acked inside itself. */
  boolean tracks() {
    return tracks;
  }

  PendingTable pending() {
    return pending;
  }

  void onEmit() {
    emits++;
  }

  /** Emits of user code so far, to see whether a nextTuple emitted. */
  long emits() {
    return emits;
  }

  /** Now for one in so many emits, else 0. */
  long stampNs() {
    if (!sampler.picks()) {
      return 0;
    }
    final long nowNs = nanoTime.getAsLong();
    sampler.onSample(nowNs);
    return nowNs;
  }

  /** The executor has so little to do that it sleeps. */
  void onSleep() {
    sampler.onSleep();
  }

  /** Names the tree of the next emit, which is followed or not. */
  long nextRoot() {
    return trees.pick() ? pending.nextFollowedRoot() : pending.nextRoot();
  }

  /** Begins to count the tuples of a followed tree, before any is published. */
  void follow(final long root) {
    trees.begin(root);
  }

  /** Acks and fails what has arrived; whether there was anything. */
  boolean drain(final ProgressInbox inbox) {
    final boolean unsettled = pending.hasUnsettled();
    if (unsettled) {
      pending.settle();
    }
    final boolean arrived = inbox.drain(applyDelta);
    moreWaits = inbox.wasFull();
    return arrived || unsettled;
  }

  /** Whether {@link #rotateIfDue} would rotate: then the inbox must be drained first. */
  boolean rotationDue(final long nowNs) {
    return timeoutNs > 0 && nowNs - nextRotationNs >= 0;
  }

  /**
   * After a drain: one rotation at most, so that what has arrived meanwhile counts first. When more
   * waits at the senders than had room here, as after user code has kept the thread for long, the
   * rotation is put off, once.
   */
  void rotateIfDue(final long nowNs) {
    trees.onLoop(nowNs);
    timeoutLog.sayIfDue(nowNs);
    if (!rotationDue(nowNs)) {
      return;
    }
    putOff = !putOff && moreWaits;
    if (putOff) {
      nextRotationNs = nowNs + HAND_IN_NS;
    } else {
      nextRotationNs = nowNs + timeoutNs;
      pending.rotate();
    }
  }

  /** Nanoseconds until a rotation can fail something; Long.MAX_VALUE when nothing waits. */
  long untilRotationNs(final long nowNs) {
    return timeoutNs == 0 || pending.size() == 0 ? Long.MAX_VALUE : nextRotationNs - nowNs;
  }

  @Override
  public void completed(
      final int task, final int stream, final Object messageId, final long stampNs) {
    complete(task, stream, messageId, latencyNs(stampNs));
  }

  @Override
  public void failed(final int task, final int stream, final Object messageId, final long stampNs) {
    counters.apply(task).failedCounters().add(task, stream);
    callbacks.failed(task, messageId, latencyNs(stampNs));
  }

  @Override
  public void timedOut(final long root) {
    trees.onTimeout(root);
    timeoutLog.onTimeout();
  }

  @Override
  public void followedEnded(final long root) {
    trees.end(root);
  }

  /** Without ackers Storm acks inside emit. */
  void completeInEmit(final int task, final int stream, final Object messageId) {
    complete(task, stream, messageId, sampler.picks() ? 0 : NOT_SAMPLED);
  }

  private void complete(
      final int task, final int stream, final Object messageId, final long latencyNs) {
    final InputCounters acked = counters.apply(task).ackedCounters();
    if (latencyNs < 0) {
      acked.add(task, stream);
    } else {
      acked.addSampled(task, stream, latencyNs);
    }
    callbacks.acked(task, messageId, latencyNs);
  }

  private long latencyNs(final long stampNs) {
    return stampNs == 0 ? NOT_SAMPLED : nanoTime.getAsLong() - stampNs;
  }

  private static long timeoutNs(final ComponentConfig config) {
    if (!config.flag("topology.enable.message.timeouts", true)) {
      return 0;
    }
    final double seconds = config.number("topology.message.timeout.secs", 30);
    return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
  }
}
