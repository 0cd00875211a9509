package gearstorm.host.progress;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Deltas that found no room on their way to one spout executor, folded per root: bounded by the
 * live roots and not by the traffic. One thread at a time.
 */
public final class DeltaFold {
  private final Map<Long, Folded> byRoot = new HashMap<>();

  /** Where folded deltas go when there is room. */
  @FunctionalInterface
  public interface Way {
    /** Hands one delta over; false when there is no room. */
    boolean offer(int rootTask, long root, long xor, boolean failed);
  }

  private static final class Folded {
    private final int rootTask;
    private long xor;
    private boolean failed;

    private Folded(final int rootTask) {
      this.rootTask = rootTask;
    }
  }

  public boolean isEmpty() {
    return byRoot.isEmpty();
  }

  public void add(final int rootTask, final long root, final long xor, final boolean failed) {
    final Folded folded = byRoot.computeIfAbsent(root, key -> new Folded(rootTask));
    folded.xor ^= xor;
    folded.failed |= failed;
  }

  /** Hands over what there is room for; whether anything moved. */
  public boolean flush(final Way way) {
    boolean moved = false;
    final Iterator<Map.Entry<Long, Folded>> entries = byRoot.entrySet().iterator();
    while (entries.hasNext()) {
      final Map.Entry<Long, Folded> entry = entries.next();
      final Folded folded = entry.getValue();
      if (!way.offer(folded.rootTask, entry.getKey(), folded.xor, folded.failed)) {
        return moved;
      }
      entries.remove();
      moved = true;
    }
    return moved;
  }
}
