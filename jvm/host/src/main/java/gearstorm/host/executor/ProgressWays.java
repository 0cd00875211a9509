package gearstorm.host.executor;

import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.Roots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** One executor's ways to all spout executors, made when first needed. Guarded by its gate. */
final class ProgressWays {
  private final ProgressWay[] bySpoutTask;
  private final List<ProgressWay> all = new ArrayList<>();
  private final IntFunction<ProgressOutlet> outlets;
  private final TreeWays trees;

  /** Some way has deltas that found no room; written inside the gate, read by any thread. */
  private volatile boolean owing;

  // Of the tuple that the owner takes next; no root when it has not one, or there is no tuple.
  private int upcomingRootTask;
  private long upcomingRoot;

  // The delta that the owner holds back for that of the next tuple; no root when there is none.
  private int heldRootTask;
  private long heldRoot;
  private long heldXor;

  /**
   * @param highestTask of the plan
   * @param outlets makes the way to the executor of a spout task
   * @param trees hears of tuples that were acked
   */
  ProgressWays(
      final int highestTask, final IntFunction<ProgressOutlet> outlets, final TreeWays trees) {
    this.trees = trees;
    bySpoutTask = new ProgressWay[highestTask + 1];
    this.outlets = outlets;
  }

  /**
   * Retires the tuple in all its trees. One ack is one delta: it takes the tuple's edge out and its
   * children's in at once, so no tree can look complete between the two.
   */
  void ack(final HostTuple tuple) {
    report(tuple, false);
    // It may be the tuple that the delta waits for, and the owner be busy with it for long.
    if (isHeld(tuple.rootTask(), tuple.root())) {
      releaseHeld();
    }
  }

  /**
   * As {@link #ack}, by the owner: while the tuple that it takes next is of the same tree, the
   * delta waits for that one's, so that tuples of a tree that lie in a row cost their spout one
   * delta. This delays no tree's end, whatever the user code does: as long as that tuple is not
   * acked its tree is not complete. A root's number is one of its spout executor only, so trees of
   * two spouts are told apart by their tasks.
   */
  void ackInTurn(final HostTuple tuple) {
    final int rootTask = tuple.rootTask();
    final long root = tuple.root();
    final boolean inRow = root != 0 && rootTask == upcomingRootTask && root == upcomingRoot;
    if (!inRow && !isHeld(rootTask, root)) {
      report(tuple, false);
      return;
    }
    trees.acked(rootTask, root, tuple.targetTask());
    if (!isHeld(rootTask, root)) {
      releaseHeld();
      heldRootTask = rootTask;
      heldRoot = root;
    }
    heldXor ^= tuple.edge() ^ tuple.childEdges();
    if (!inRow) {
      releaseHeld();
    }
  }

  /**
   * The owner, before it executes a tuple.
   *
   * @param next the tuple after that one; null when there is none, or it is not known
   * @return whether what is held back must be released now, since the one that it waited for was
   *     not acked in its turn
   */
  boolean turnTo(final HostTuple next) {
    final boolean waits = isHeld(upcomingRootTask, upcomingRoot);
    upcomingRootTask = next == null ? 0 : next.rootTask();
    upcomingRoot = next == null ? 0 : next.root();
    return heldRoot != 0 && !waits;
  }

  /** Sends the delta that is held back, if there is one. */
  void releaseHeld() {
    if (heldRoot != 0) {
      final long root = heldRoot;
      final long xor = heldXor;
      heldRoot = 0;
      heldXor = 0;
      send(heldRootTask, root, xor, false);
    }
  }

  /** Fails every tree of the tuple. */
  void fail(final HostTuple tuple) {
    report(tuple, true);
  }

  boolean owing() {
    return owing;
  }

  /** Offers again what found no room. */
  void flush() {
    boolean stillOwing = false;
    for (final ProgressWay way : all) {
      if (way.owes()) {
        way.flush();
        stillOwing |= way.owes();
      }
    }
    owing = stillOwing;
  }

  private boolean isHeld(final int rootTask, final long root) {
    return root != 0 && root == heldRoot && rootTask == heldRootTask;
  }

  private void report(final HostTuple tuple, final boolean failed) {
    final Roots roots = tuple.roots();
    if (roots == null) {
      if (tuple.root() != 0) {
        trees.acked(tuple.rootTask(), tuple.root(), tuple.targetTask());
        send(tuple.rootTask(), tuple.root(), tuple.edge() ^ tuple.childEdges(), failed);
      }
      return;
    }
    for (int each = 0; each < roots.roots().length; each++) {
      final long xor = roots.edges()[each] ^ tuple.childEdges();
      trees.acked(roots.rootTasks()[each], roots.roots()[each], tuple.targetTask());
      send(roots.rootTasks()[each], roots.roots()[each], xor, failed);
    }
  }

  private void send(final int rootTask, final long root, final long xor, final boolean failed) {
    final ProgressWay way = way(rootTask);
    way.send(rootTask, root, xor, failed);
    if (way.owes()) {
      owing = true;
    }
    way.signal();
  }

  private ProgressWay way(final int spoutTask) {
    ProgressWay way = bySpoutTask[spoutTask];
    if (way == null) {
      way = new ProgressWay(outlets.apply(spoutTask));
      bySpoutTask[spoutTask] = way;
      all.add(way);
    }
    return way;
  }
}
