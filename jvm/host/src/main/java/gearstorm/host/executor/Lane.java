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
  /** Reports to one metrics consumer that wait until its worker has started. */
  private static final int HELD_REPORTS_MAX = 128;

  private final Outlet outlet;

  /** Of what leaves this process; null when nothing does. */
  private final Encoding encoding;

  /** Of the cycle that this edge is part of; null on all other edges, which stop the executor. */
  private final CycleBudget cycle;

  /** Counts what finds no room and is dropped; null when nothing may be. */
  private final Losses losses;

  private Deque<Waiting> overflow;
  private long overflowBytes;

  /** A tuple that found no room; the payload is null when its way is not remote. */
  record Waiting(HostTuple tuple, byte[] payload) {
    private static final int TUPLE_BYTES = 100;

    /** What it holds by estimate. */
    long bytes() {
      final long values = payload == null ? tuple.kibibytes() * 1024L : payload.length;
      return TUPLE_BYTES + values;
    }
  }

  /**
   * @param encoding how values leave this process; null when they do not
   */
  Lane(final Outlet outlet, final Encoding encoding, final CycleBudget cycle, final Losses losses) {
    this.outlet = outlet;
    this.encoding = encoding;
    this.cycle = cycle;
    this.losses = losses;
  }

  /** Whether the executor takes no new input while tuples wait here. */
  boolean stopsInput() {
    return cycle == null && losses == null;
  }

  /** How values have to be written for the target; null when it is in this process. */
  Encoding encoding() {
    return encoding;
  }

  boolean hasOverflow() {
    return overflow != null;
  }

  /** What waits here holds about so much. */
  long overflowBytes() {
    return overflowBytes;
  }

  /** False when the tuple must wait behind others, or for room; true when it is gone. */
  boolean offer(final HostTuple tuple, final int kibibytes, final byte[] payload) {
    if (overflow == null && outlet.offer(tuple, kibibytes, payload)) {
      return true;
    }
    if (losses == null || mayHoldReport()) {
      return false;
    }
    losses.add();
    return true;
  }

  /** Who is only starting is not slow: what was counted before that must not be lost. */
  private boolean mayHoldReport() {
    return outlet.isOpening() && (overflow == null || overflow.size() < HELD_REPORTS_MAX);
  }

  /**
   * @throws gearstorm.host.flow.CycleOverflowException when the cycle holds too much already
   */
  void hold(final Waiting tuple) {
    if (overflow == null) {
      overflow = new ArrayDeque<>();
    }
    overflow.add(tuple);
    overflowBytes += tuple.bytes();
    if (cycle != null) {
      cycle.add(tuple.bytes());
    }
  }

  /** Moves what there is room for; how many. A drained overflow gives its memory back. */
  int flush() {
    int moved = 0;
    Waiting next = overflow.peek();
    while (next != null && outlet.offer(next.tuple, next.tuple.kibibytes(), next.payload)) {
      overflow.remove();
      overflowBytes -= next.bytes();
      moved++;
      if (cycle != null) {
        cycle.remove(next.bytes());
      }
      next = overflow.peek();
    }
    if (overflow.isEmpty()) {
      overflow = null;
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
