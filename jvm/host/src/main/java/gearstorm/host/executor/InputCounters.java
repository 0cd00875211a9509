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

  /** Also Storm's system task, -1, is one. */
  private static final int NO_TASK = -2;

  private final TaskDirectory directory;

  /** Of all streams together. */
  private final LatencyHistogram latencies = new LatencyHistogram();

  /** By source component and stream: three longs. */
  private final long[][][] cells;

  // Where the last one was counted, as the next usually is: tuples come in runs of one source.
  private int lastTask = NO_TASK;
  private int lastStream;
  private long[] last;

  InputCounters(final TaskDirectory directory) {
    this.directory = directory;
    cells = new long[directory.processorCount()][][];
    for (int index = 0; index < cells.length; index++) {
      cells[index] = new long[directory.streamsAt(index).size()][WIDTH];
    }
  }

  void add(final int sourceTask, final int stream) {
    final long[] cell = cellOf(sourceTask, stream);
    if (cell != null) {
      cell[COUNT]++;
    }
  }

  /** Adds one tuple whose latency was measured. */
  void addSampled(final int sourceTask, final int stream, final long latencyNs) {
    final long[] cell = cellOf(sourceTask, stream);
    if (cell != null) {
      cell[COUNT]++;
      cell[TOTAL_NS] += latencyNs;
      cell[SAMPLED]++;
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
        final long[] cell = cells[index][stream.number()];
        final long count = read(cell, COUNT);
        if (count > 0) {
          final double totalMs = read(cell, TOTAL_NS) / (double) TimeUnit.MILLISECONDS.toNanos(1);
          counts.add(
              new InputStreamCount(
                  stream.component(), stream.id(), count, totalMs, read(cell, SAMPLED)));
        }
      }
    }
    return counts;
  }

  /** Null for what the plan does not declare: such tuples have no place in the statistics. */
  private long[] cellOf(final int sourceTask, final int stream) {
    if (sourceTask != lastTask || stream != lastStream) {
      final int index = directory.processorIndex(sourceTask);
      last = index >= 0 && stream < cells[index].length ? cells[index][stream] : null;
      lastTask = sourceTask;
      lastStream = stream;
    }
    return last;
  }

  private static long read(final long[] cell, final int what) {
    return (long) LONGS.getOpaque(cell, what);
  }
}
