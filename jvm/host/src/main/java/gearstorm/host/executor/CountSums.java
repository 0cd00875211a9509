package gearstorm.host.executor;

import gearstorm.host.spi.TaskCounts;
import gearstorm.host.spi.TaskCounts.InputStreamCount;
import gearstorm.host.spi.TaskCounts.StreamCount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Adds up the counts of an executor's tasks. */
final class CountSums {
  private final Collection<? extends TaskCounts> tasks;

  private record Input(String source, String stream) {}

  CountSums(final Collection<? extends TaskCounts> tasks) {
    this.tasks = tasks;
  }

  List<StreamCount> ofStreams(final Function<TaskCounts, List<StreamCount>> part) {
    final Map<String, StreamCount> sums = new LinkedHashMap<>();
    for (final TaskCounts task : tasks) {
      for (final StreamCount each : part.apply(task)) {
        sums.merge(
            each.stream(),
            each,
            (one, other) -> new StreamCount(one.stream(), one.count() + other.count()));
      }
    }
    return List.copyOf(sums.values());
  }

  /** Tuples that were ever sent. */
  long transferred() {
    return ofStreams(TaskCounts::transferred).stream().mapToLong(StreamCount::count).sum();
  }

  List<InputStreamCount> ofInputs(final Function<TaskCounts, List<InputStreamCount>> part) {
    final Map<Input, InputStreamCount> sums = new LinkedHashMap<>();
    for (final TaskCounts task : tasks) {
      for (final InputStreamCount each : part.apply(task)) {
        sums.merge(new Input(each.source(), each.stream()), each, CountSums::sum);
      }
    }
    return List.copyOf(sums.values());
  }

  /** Pairs of a bucket and how many are in it; buckets without any are left out. */
  static List<Long> ofLatencies(final Stream<LatencyHistogram> tasks) {
    final long[] sums = LatencyHistogram.noSums();
    tasks.forEach(each -> each.addTo(sums));
    final List<Long> pairs = new ArrayList<>();
    for (int bucket = 0; bucket < sums.length; bucket++) {
      if (sums[bucket] > 0) {
        pairs.add((long) bucket);
        pairs.add(sums[bucket]);
      }
    }
    return pairs;
  }

  private static InputStreamCount sum(final InputStreamCount one, final InputStreamCount other) {
    return new InputStreamCount(
        one.source(),
        one.stream(),
        one.count() + other.count(),
        one.totalMs() + other.totalMs(),
        one.sampled() + other.sampled());
  }
}
