package gearstorm.host.progress;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The tuple trees that one spout executor waits for. Pure: no thread, no clock.
 *
 * <p>The slot of a {@link RootId} is its sequence modulo the table's length; the slot holds the
 * whole root, so a delta that is late, repeated or of another incarnation matches nothing and is
 * dropped. A sequence number whose slot is taken by an older live root is skipped, so one tree that
 * never ends costs one slot and not a larger table. The rules are in docs/progress.md.
 */
public final class PendingTable {
  private final int incarnation;
  private final Outcome outcome;
  private final Deque<Long> withoutEdges = new ArrayDeque<>();

  /** 0 is a free slot. */
  private long[] roots;

  private long[] xors;
  private Object[] messageIds;
  private int[] tasks;
  private int[] streams;
  private long[] stampsNs;
  private int live;
  private long lastSequence;

  /** Sequences up to here were given before the last rotation. */
  private long olderUpTo;

  /** What becomes of a root; called once per root, after it has left the table. */
  public interface Outcome {
    /**
     * The whole tree is acked.
     *
     * @param stampNs as given to {@link #put}
     */
    void completed(int task, int stream, Object messageId, long stampNs);

    /** A tuple of the tree failed, or the tree took too long. */
    void failed(int task, int stream, Object messageId, long stampNs);

    /** The tree takes too long; {@link #failed} follows. */
    default void timedOut(final long root) {}

    /** A followed tree has left the table, whatever became of it. */
    default void followedEnded(final long root) {}
  }

  /**
   * @param incarnation of the worker, 1 to 65535
   * @param capacity to begin with; a power of two
   */
  public PendingTable(final int incarnation, final int capacity, final Outcome outcome) {
    this(incarnation, capacity, 0, outcome);
  }

  /**
   * @param lastSequence the first tree gets the number after it
   */
  PendingTable(
      final int incarnation, final int capacity, final long lastSequence, final Outcome outcome) {
    this.incarnation = incarnation;
    this.lastSequence = lastSequence;
    olderUpTo = lastSequence;
    this.outcome = outcome;
    allocate(capacity);
  }

  public int size() {
    return live;
  }

  /** The next tree, one that is followed. */
  public long nextFollowedRoot() {
    return RootId.followed(nextRoot());
  }

  /** Names the next tree; {@link #put} must follow before any of its tuples is published. */
  public long nextRoot() {
    if (live * 2 >= roots.length) {
      grow();
    }
    do {
      lastSequence = RootId.nextSequence(lastSequence);
    } while (roots[slot(lastSequence)] != 0);
    return RootId.of(incarnation, lastSequence);
  }

  /**
   * Registers a tree.
   *
   * @param xor of the edges of all its first tuples
   * @param edges how many these are; a tree of none completes with the next {@link #settle}
   * @param stampNs when it was emitted; 0 when its latency is not sampled
   */
  public void put(
      final long root,
      final long xor,
      final int edges,
      final int task,
      final int stream,
      final Object messageId,
      final long stampNs) {
    final int slot = slot(root);
    roots[slot] = root;
    xors[slot] = xor;
    messageIds[slot] = messageId;
    tasks[slot] = task;
    streams[slot] = stream;
    stampsNs[slot] = stampNs;
    live++;
    if (edges == 0) {
      withoutEdges.add(root);
    }
  }

  /** Applies one delta; one that names no live root of this table is dropped. */
  public void apply(final long root, final long xor, final boolean failed) {
    final int slot = slot(root);
    if (roots[slot] != root) {
      return;
    }
    if (failed) {
      finish(slot, false);
      return;
    }
    xors[slot] ^= xor;
    if (xors[slot] == 0) {
      finish(slot, true);
    }
  }

  /** Whether {@link #settle} has something to do. */
  public boolean hasUnsettled() {
    return !withoutEdges.isEmpty();
  }

  /** Completes the trees that had no tuple at all. */
  public void settle() {
    for (int remaining = withoutEdges.size(); remaining > 0; remaining--) {
      apply(withoutEdges.remove(), 0, false);
    }
  }

  /**
   * Storm's RotatingMap of two buckets: fails what was already there at the last rotation. Called
   * every message timeout T, so a tree fails between T and 2T after its emit.
   */
  public void rotate() {
    final long expired = olderUpTo;
    olderUpTo = lastSequence;
    // Collected first: a callback may emit, and so move every slot.
    for (final long root : olderThan(expired)) {
      outcome.timedOut(root);
      apply(root, 0, true);
    }
  }

  /** In the order of their sequence. */
  private List<Long> olderThan(final long sequence) {
    return Arrays.stream(roots)
        .filter(root -> root != 0 && !RootId.isLater(RootId.sequence(root), sequence))
        .boxed()
        .sorted(Comparator.comparingLong(RootId::sequence))
        .toList();
  }

  private void finish(final int slot, final boolean completed) {
    final Object messageId = messageIds[slot];
    if (RootId.isFollowed(roots[slot])) {
      outcome.followedEnded(roots[slot]);
    }
    roots[slot] = 0;
    messageIds[slot] = null;
    live--;
    if (completed) {
      outcome.completed(tasks[slot], streams[slot], messageId, stampsNs[slot]);
    } else {
      outcome.failed(tasks[slot], streams[slot], messageId, stampsNs[slot]);
    }
  }

  private int slot(final long root) {
    return (int) root & (roots.length - 1);
  }

  private void allocate(final int capacity) {
    roots = new long[capacity];
    xors = new long[capacity];
    messageIds = new Object[capacity];
    tasks = new int[capacity];
    streams = new int[capacity];
    stampsNs = new long[capacity];
  }

  /** Roots with different slots keep different slots when the length doubles. */
  private void grow() {
    final long[] oldRoots = roots;
    final long[] oldXors = xors;
    final Object[] oldMessageIds = messageIds;
    final int[] oldTasks = tasks;
    final int[] oldStreams = streams;
    final long[] oldStampsNs = stampsNs;
    allocate(oldRoots.length * 2);
    for (int from = 0; from < oldRoots.length; from++) {
      if (oldRoots[from] != 0) {
        final int to = slot(oldRoots[from]);
        roots[to] = oldRoots[from];
        xors[to] = oldXors[from];
        messageIds[to] = oldMessageIds[from];
        tasks[to] = oldTasks[from];
        streams[to] = oldStreams[from];
        stampsNs[to] = oldStampsNs[from];
      }
    }
  }
}
