package gearstorm.host.executor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who looks at the emits of one executor. */
final class Taps {
  /** Of the streams that Storm adds. */
  private static final String SYSTEM_PREFIX = "__";

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

    private boolean wants(final String emitted) {
      return stream == null ? !emitted.startsWith(SYSTEM_PREFIX) : stream.equals(emitted);
    }
  }

  /**
   * @param stream null for all that the component declares itself
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
        if (entry.wants(stream)) {
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
