package gearstorm.host.executor;

import gearstorm.host.spi.StreamInfo;
import gearstorm.host.spi.TaskCounts.InputStreamCount;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Exact counts of one event per source component and stream, with latencies of some. Written by one
 * thread at a time, read by any thread.
 */
final class InputCounters {
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int COUNT = 0;
  private static final int TOTAL_NS = 1;
  private static final int SAMPLED = 2;
  private static final int WIDTH = 3;

  private final TaskDirectory directory;

  /** Of all streams together. */
  private final LatencyHistogram latencies = new LatencyHistogram();

  /** By source component, then three longs per stream. */
  private final long[][] cells;

  InputCounters(final TaskDirectory directory) {
    this.directory = directory;
    cells = new long[directory.processorCount()][];
    for (int index = 0; index < cells.length; index++) {
      cells[index] = new long[directory.streamsAt(index).size() * WIDTH];
    }
  }

  void add(final int sourceTask, final int stream) {
    final long[] cell = cellsOf(sourceTask, stream);
    if (cell != null) {
      cell[stream * WIDTH + COUNT]++;
    }
  }

  /** Adds one tuple whose latency was measured. */
  void addSampled(final int sourceTask, final int stream, final long latencyNs) {
    final long[] cell = cellsOf(sourceTask, stream);
    if (cell != null) {
      cell[stream * WIDTH + COUNT]++;
      cell[stream * WIDTH + TOTAL_NS] += latencyNs;
      cell[stream * WIDTH + SAMPLED]++;
      latencies.add(latencyNs);
    }
  }

  LatencyHistogram latencies() {
    return latencies;
  }

  List<InputStreamCount> counts() {
    final List<InputStreamCount> counts = new ArrayList<>();
    for (int index = 0; index < cells.length; index++) {
      for (final StreamInfo stream : directory.streamsAt(index)) {
        final int base = stream.number() * WIDTH;
        final long count = read(index, base + COUNT);
        if (count > 0) {
          final double totalMs =
              read(index, base + TOTAL_NS) / (double) TimeUnit.MILLISECONDS.toNanos(1);
          counts.add(
              new InputStreamCount(
                  stream.component(), stream.id(), count, totalMs, read(index, base + SAMPLED)));
        }
      }
    }
    return counts;
  }

  /** Null for what the plan does not declare: such tuples have no place in the statistics. */
  private long[] cellsOf(final int sourceTask, final int stream) {
    final int index = directory.processorIndex(sourceTask);
    return index >= 0 && stream < cells[index].length / WIDTH ? cells[index] : null;
  }

  private long read(final int index, final int cell) {
    return (long) LONGS.getOpaque(cells[index], cell);
  }
}
