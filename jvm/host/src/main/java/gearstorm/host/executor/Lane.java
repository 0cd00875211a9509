package gearstorm.host.executor;

import gearstorm.host.flow.CycleBudget;
import gearstorm.host.spi.HostTuple;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An outlet with the tuples that found no room in it, so that an emit never blocks and never drops.
 * Guarded by the executor's gate.
 */
final class Lane {
  private final Outlet outlet;

  /** Of the cycle that this edge is part of; null on all other edges, which stop the executor. */
  private final CycleBudget cycle;

  /** Counts what finds no room and is dropped; null when nothing may be. */
  private final Losses losses;

  private Deque<HostTuple> overflow;

  Lane(final Outlet outlet, final CycleBudget cycle, final Losses losses) {
    this.outlet = outlet;
    this.cycle = cycle;
    this.losses = losses;
  }

  boolean isCyclic() {
    return cycle != null;
  }

  boolean hasOverflow() {
    return overflow != null;
  }

  /** False when the tuple must wait behind others, or for room; true when it is gone. */
  boolean offer(final HostTuple tuple) {
    if (overflow == null && outlet.offer(tuple)) {
      return true;
    }
    if (losses == null) {
      return false;
    }
    losses.add();
    return true;
  }

  /**
   * @throws gearstorm.host.flow.CycleOverflowException when the cycle holds too much already
   */
  void hold(final HostTuple tuple) {
    if (overflow == null) {
      overflow = new ArrayDeque<>();
    }
    overflow.add(tuple);
    if (cycle != null) {
      cycle.add();
    }
  }

  /** Moves what there is room for; how many. A drained overflow gives its memory back. */
  int flush() {
    int moved = 0;
    HostTuple next = overflow.peek();
    while (next != null && outlet.offer(next)) {
      overflow.remove();
      moved++;
      next = overflow.peek();
    }
    if (overflow.isEmpty()) {
      overflow = null;
    }
    if (cycle != null) {
      cycle.remove(moved);
    }
    return moved;
  }

  void signal() {
    outlet.signal();
  }

  void requestRoom(final Runnable wake) {
    outlet.requestRoom(wake);
  }
}
