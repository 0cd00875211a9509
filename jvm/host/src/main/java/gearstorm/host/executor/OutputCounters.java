package gearstorm.host.executor;

import gearstorm.host.spi.StreamInfo;
import gearstorm.host.spi.TaskCounts.StreamCount;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/** Exact counts per output stream; written inside the executor's gate, read by any thread. */
final class OutputCounters {
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  private final List<StreamInfo> streams;
  private final long[] emitted;
  private final long[] transferred;

  OutputCounters(final List<StreamInfo> streams) {
    this.streams = streams;
    emitted = new long[streams.size()];
    transferred = new long[streams.size()];
  }

  void onEmit(final int stream, final int targets) {
    emitted[stream]++;
    transferred[stream] += targets;
  }

  List<StreamCount> emitted() {
    return counts(emitted);
  }

  /** Also of a stream that nobody gets, with 0. */
  List<StreamCount> transferred() {
    return counts(transferred);
  }

  private List<StreamCount> counts(final long[] values) {
    final List<StreamCount> counts = new ArrayList<>();
    for (final StreamInfo stream : streams) {
      if ((long) LONGS.getOpaque(emitted, stream.number()) > 0) {
        final long count = (long) LONGS.getOpaque(values, stream.number());
        counts.add(new StreamCount(stream.id(), count));
      }
    }
    return counts;
  }
}
