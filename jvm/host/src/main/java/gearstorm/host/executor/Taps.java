package gearstorm.host.executor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who looks at the emits of one executor. */
final class Taps {
  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  /** Null while nobody looks: all that an emit pays. */
  private volatile List<Entry> open;

  /** Compared by identity: one consumer may look twice. */
  private static final class Entry {
    private final String stream;
    private final TapConsumer consumer;

    private Entry(final String stream, final TapConsumer consumer) {
      this.stream = stream;
      this.consumer = consumer;
    }
  }

  /**
   * @param stream null for all streams
   */
  synchronized Tap add(final String stream, final TapConsumer consumer) {
    final Entry entry = new Entry(stream, consumer);
    entries.add(entry);
    open = entries;
    return () -> remove(entry);
  }

  void onEmit(final int sourceTask, final String stream, final List<Object> values) {
    final List<Entry> present = open;
    if (present != null) {
      for (final Entry entry : present) {
        if (entry.stream == null || entry.stream.equals(stream)) {
          entry.consumer.onTuple(sourceTask, stream, values);
        }
      }
    }
  }

  private synchronized void remove(final Entry closed) {
    entries.remove(closed);
    open = entries.isEmpty() ? null : entries;
  }
}
