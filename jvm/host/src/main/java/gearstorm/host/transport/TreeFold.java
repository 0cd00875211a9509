package gearstorm.host.transport;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts of followed trees on their way to one peer, added up per tree and component until the
 * link's writer takes them. When there are too many, new ones are forgotten: they are for
 * diagnosis, and nothing waits for them.
 */
final class TreeFold {
  private static final int ENTRIES_MAX = 16_384;

  private final Map<Place, Integer> counts = new ConcurrentHashMap<>();

  private record Place(int spoutTask, long root, int component) {}

  /** Any thread. */
  void add(final int spoutTask, final long root, final int component, final int tuples) {
    if (counts.size() < ENTRIES_MAX) {
      counts.merge(new Place(spoutTask, root, component), tuples, Integer::sum);
    }
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /** The writer: moves what the batch has room for. */
  void fill(final FrameBatch batch) {
    batch.begin(Frames.TREES);
    final Iterator<Place> places = counts.keySet().iterator();
    while (batch.remaining() >= Frames.TREE_BYTES && places.hasNext()) {
      final Place place = places.next();
      final Integer tuples = counts.remove(place);
      if (tuples != null && tuples != 0) {
        batch.putTreeCount(place.spoutTask, place.root, place.component, tuples);
      }
    }
    batch.end();
  }

  void clear() {
    counts.clear();
  }
}
