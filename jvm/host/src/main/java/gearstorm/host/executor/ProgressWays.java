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
