package gearstorm.host.executor;

import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.Roots;
import gearstorm.host.spi.TupleFactory;
import java.util.Arrays;
import java.util.List;

/** Joins the trees of several anchors; a tree that is met twice keeps the XOR of its edges. */
final class RootsJoin {
  private int[] rootTasks = new int[4];
  private long[] roots = new long[4];
  private long[] edges = new long[4];
  private int size;

  /** The same edge in every tree of one anchor. */
  static Roots of(final Roots anchor, final long edge) {
    final long[] edges = new long[anchor.roots().length];
    Arrays.fill(edges, edge);
    return new Roots(anchor.rootTasks().clone(), anchor.roots().clone(), edges);
  }

  /**
   * A tuple with several anchors: each anchor's trees see an edge of their own, which counts as the
   * anchor's child once the tuple exists.
   *
   * @param anchorEdges by anchor
   */
  static HostTuple newTuple(
      final TupleFactory factory,
      final List<Object> values,
      final int target,
      final List<HostTuple> anchors,
      final long[] anchorEdges) {
    final RootsJoin join = new RootsJoin();
    for (int index = 0; index < anchorEdges.length; index++) {
      join.add(anchors.get(index), anchorEdges[index]);
    }
    final HostTuple tuple = join.newTuple(factory, values, target);
    for (int index = 0; index < anchorEdges.length; index++) {
      anchors.get(index).addChildEdge(anchorEdges[index]);
    }
    return tuple;
  }

  private void add(final HostTuple anchor, final long edge) {
    final Roots several = anchor.roots();
    if (several == null) {
      if (anchor.root() != 0) {
        add(anchor.rootTask(), anchor.root(), edge);
      }
      return;
    }
    for (int index = 0; index < several.roots().length; index++) {
      add(several.rootTasks()[index], several.roots()[index], edge);
    }
  }

  private HostTuple newTuple(
      final TupleFactory factory, final List<Object> values, final int target) {
    if (size == 0) {
      return factory.newTuple(values, target, null);
    }
    if (size == 1) {
      return factory.newTuple(values, target, rootTasks[0], roots[0], edges[0]);
    }
    final Roots joined =
        new Roots(
            Arrays.copyOf(rootTasks, size), Arrays.copyOf(roots, size), Arrays.copyOf(edges, size));
    return factory.newTuple(values, target, joined);
  }

  private void add(final int rootTask, final long root, final long edge) {
    for (int index = 0; index < size; index++) {
      if (roots[index] == root && rootTasks[index] == rootTask) {
        edges[index] ^= edge;
        return;
      }
    }
    if (size == roots.length) {
      rootTasks = Arrays.copyOf(rootTasks, size * 2);
      roots = Arrays.copyOf(roots, size * 2);
      edges = Arrays.copyOf(edges, size * 2);
    }
    rootTasks[size] = rootTask;
    roots[size] = root;
    edges[size] = edge;
    size++;
  }
}
