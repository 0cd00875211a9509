package gearstorm.host.executor;

import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.MeteredTask;
import gearstorm.host.spi.PartitionLag;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Reads the metrics of one executor's tasks when their interval is over, and emits what they say to
 * the metrics consumers, if there are any. The executor's thread only.
 */
final class MetricsReports {
  private static final String STREAM = "__metrics";

  private final List<MeteredOutput> tasks;
  private final ExecutorOutput output;
  private final IntConsumer enterTask;
  private final List<Schedule> schedules = new ArrayList<>();
  private final TupleMaker<Void> makeTuple = MetricsReports::makeTuple;
  private long nextNs = Long.MAX_VALUE;

  /**
   * A task with its way to the consumers.
   *
   * @param stream null when it has none
   * @param lags told how far it is in the partitions that it reads
   */
  record MeteredOutput(
      int id, MeteredTask task, StreamOutput stream, Consumer<List<PartitionLag>> lags) {}

  private static final class Schedule {
    private final int intervalSecs;
    private long dueNs;

    Schedule(final int intervalSecs, final long nowNs) {
      this.intervalSecs = intervalSecs;
      dueNs = nowNs + TimeUnit.SECONDS.toNanos(intervalSecs);
    }
  }

  /**
   * @param tasks opened or prepared: no metric is registered later
   * @param enterTask told the task whose metrics, which are user code, are about to be read
   */
  MetricsReports(
      final List<MeteredOutput> tasks,
      final ExecutorOutput output,
      final IntConsumer enterTask,
      final long nowNs) {
    this.tasks = tasks;
    this.output = output;
    this.enterTask = enterTask;
    final TreeSet<Integer> intervals = new TreeSet<>();
    tasks.forEach(each -> intervals.addAll(each.task.metricIntervalsSecs()));
    intervals.forEach(interval -> schedules.add(new Schedule(interval, nowNs)));
    findNext();
  }

  /** The name of the stream that reports go to. */
  static String stream() {
    return STREAM;
  }

  long untilNextNs(final long nowNs) {
    return schedules.isEmpty() ? Long.MAX_VALUE : nextNs - nowNs;
  }

  /**
   * @throws Exception as the user's metrics do
   */
  void reportIfDue(final long nowNs) throws Exception {
    if (untilNextNs(nowNs) > 0) {
      return;
    }
    for (final Schedule schedule : schedules) {
      if (schedule.dueNs - nowNs <= 0) {
        schedule.dueNs = nowNs + TimeUnit.SECONDS.toNanos(schedule.intervalSecs);
        report(schedule.intervalSecs);
      }
    }
    findNext();
  }

  private void report(final int intervalSecs) throws Exception {
    for (final MeteredOutput each : tasks) {
      enterTask.accept(each.id);
      final List<Object> values = each.task.readMetrics(intervalSecs);
      if (values != null) {
        tell(each, values);
      }
    }
  }

  private void tell(final MeteredOutput from, final List<Object> values) throws Exception {
    final List<PartitionLag> lags = from.task.lagsIn(values);
    if (lags != null) {
      from.lags.accept(lags);
    }
    if (from.stream != null) {
      output.emit(from.stream, values, makeTuple, null);
    }
  }

  private void findNext() {
    for (int index = 0; index < schedules.size(); index++) {
      final long dueNs = schedules.get(index).dueNs;
      nextNs = index == 0 || dueNs - nextNs < 0 ? dueNs : nextNs;
    }
  }

  /** Tuples that belong to no tree. */
  static HostTuple makeTuple(
      final StreamOutput stream, final List<Object> values, final int target, final Void anchor) {
    return stream.factory().newTuple(values, target, null);
  }
}
