package gearstorm.host.transport;

import gearstorm.host.executor.ProgressOutlet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * A way for progress deltas that never refuses: what the bounded way behind it has no room for is
 * folded per root and paid later by the {@link FoldKeeper}. It is bounded by the live roots. Any
 * thread.
 */
final class DeltaFold {
  private record RootId(int rootTask, long root) {}

  private record Owed(long xor, boolean failed) {
    Owed plus(final Owed other) {
      return new Owed(xor ^ other.xor, failed || other.failed);
    }
  }

  /** An inlet of this process, or an outlet to a third worker. */
  private final ProgressOutlet way;

  private final FoldKeeper keeper;

  /** Guarded by this. */
  private final Map<RootId, Owed> owed = new HashMap<>();

  DeltaFold(final ProgressOutlet way, final FoldKeeper keeper) {
    this.way = way;
    this.keeper = keeper;
  }

  void put(final int rootTask, final long root, final long xor, final boolean failed) {
    if (!offerOrFold(rootTask, root, xor, failed)) {
      keeper.watch(this);
    }
  }

  void signal() {
    way.signal();
  }

  /** Offers what is owed; true when nothing is left. */
  synchronized boolean pay() {
    final Iterator<Map.Entry<RootId, Owed>> entries = owed.entrySet().iterator();
    boolean room = true;
    while (room && entries.hasNext()) {
      final Map.Entry<RootId, Owed> entry = entries.next();
      final RootId id = entry.getKey();
      final Owed delta = entry.getValue();
      room = way.offer(id.rootTask(), id.root(), delta.xor(), delta.failed());
      if (room) {
        entries.remove();
      }
    }
    way.signal();
    return room;
  }

  private synchronized boolean offerOrFold(
      final int rootTask, final long root, final long xor, final boolean failed) {
    if (owed.isEmpty() && way.offer(rootTask, root, xor, failed)) {
      return true;
    }
    owed.merge(new RootId(rootTask, root), new Owed(xor, failed), Owed::plus);
    return false;
  }
}
