package gearstorm.storm0x;

import backtype.storm.Config;
import backtype.storm.metric.api.IMetric;
import backtype.storm.task.TopologyContext;
import gearstorm.host.spi.TaskCounts;
import gearstorm.host.spi.TaskCounts.InputStreamCount;
import gearstorm.host.spi.TaskCounts.QueueState;
import gearstorm.host.spi.TaskCounts.StreamCount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The metrics that Storm registers for every task: counts by stream, for bolts by {@code
 * component:stream} of the source. Storm extrapolates from samples; these counts are exact.
 */
final class BuiltinMetrics {
  private final TopologyContext context;
  private final int bucketSecs;

  private BuiltinMetrics(final TopologyContext context, final int bucketSecs) {
    this.context = context;
    this.bucketSecs = bucketSecs;
  }

  /** Before the spout is opened; nothing when the configuration has no bucket size. */
  static void registerForSpout(
      final TopologyContext context, final Map<?, ?> conf, final TaskCounts counts) {
    if (conf.get(Config.TOPOLOGY_BUILTIN_METRICS_BUCKET_SIZE_SECS) instanceof Number secs) {
      final BuiltinMetrics metrics = new BuiltinMetrics(context, secs.intValue());
      metrics.registerOutput(counts);
      metrics.registerOutcome(counts, InputStreamCount::stream, "__complete-latency");
    }
  }

  /** Before the bolt is prepared; nothing when the configuration has no bucket size. */
  static void registerForBolt(
      final TopologyContext context, final Map<?, ?> conf, final TaskCounts counts) {
    if (conf.get(Config.TOPOLOGY_BUILTIN_METRICS_BUCKET_SIZE_SECS) instanceof Number secs) {
      final BuiltinMetrics metrics = new BuiltinMetrics(context, secs.intValue());
      final Function<InputStreamCount, String> scope = each -> each.source() + ":" + each.stream();
      metrics.registerOutput(counts);
      metrics.registerOutcome(counts, scope, "__process-latency");
      metrics.register("__execute-count", new Counts(() -> ofInputs(counts.executed(), scope)));
      metrics.register("__execute-latency", new Means(counts::executed, scope));
    }
  }

  private void registerOutput(final TaskCounts counts) {
    register("__emit-count", new Counts(() -> ofStreams(counts.emitted())));
    register("__transfer-count", new Counts(() -> ofStreams(counts.transferred())));
    register("__receive", () -> queue(counts.received()));
    register("__sendqueue", () -> queue(counts.sending()));
  }

  private void registerOutcome(
      final TaskCounts counts,
      final Function<InputStreamCount, String> scope,
      final String latencyName) {
    register("__ack-count", new Counts(() -> ofInputs(counts.acked(), scope)));
    register("__fail-count", new Counts(() -> ofInputs(counts.failed(), scope)));
    register(latencyName, new Means(counts::acked, scope));
  }

  private void register(final String name, final IMetric metric) {
    context.registerMetric(name, metric, bucketSecs);
  }

  private static Map<String, Long> ofStreams(final List<StreamCount> counts) {
    final Map<String, Long> byScope = new HashMap<>();
    counts.forEach(each -> byScope.put(each.stream(), each.count()));
    return byScope;
  }

  private static Map<String, Long> ofInputs(
      final List<InputStreamCount> counts, final Function<InputStreamCount, String> scope) {
    final Map<String, Long> byScope = new HashMap<>();
    counts.forEach(each -> byScope.put(scope.apply(each), each.count()));
    return byScope;
  }

  /** The shape of Storm's disruptor queue. */
  private static Map<String, Object> queue(final QueueState state) {
    final Map<String, Object> shape = new HashMap<>();
    shape.put("capacity", state.capacity());
    shape.put("population", state.written() - state.read());
    shape.put("write_pos", state.written());
    shape.put("read_pos", state.read());
    return shape;
  }

  /** How much each count has grown since it was last read; a scope once seen stays, with zero. */
  private static final class Counts implements IMetric {
    private final Supplier<Map<String, Long>> totals;
    private Map<String, Long> last = Map.of();

    Counts(final Supplier<Map<String, Long>> totals) {
      this.totals = totals;
    }

    @Override
    public Object getValueAndReset() {
      final Map<String, Long> now = totals.get();
      final Map<String, Long> grown = new HashMap<>();
      now.forEach((scope, total) -> grown.put(scope, total - last.getOrDefault(scope, 0L)));
      last = now;
      return grown;
    }
  }

  /** Mean milliseconds of what was sampled since the last reading; no scope without a sample. */
  private static final class Means implements IMetric {
    private final Supplier<List<InputStreamCount>> totals;
    private final Function<InputStreamCount, String> scope;
    private final Map<String, InputStreamCount> last = new HashMap<>();

    Means(
        final Supplier<List<InputStreamCount>> totals,
        final Function<InputStreamCount, String> scope) {
      this.totals = totals;
      this.scope = scope;
    }

    @Override
    public Object getValueAndReset() {
      final Map<String, Double> means = new HashMap<>();
      for (final InputStreamCount now : totals.get()) {
        final String name = scope.apply(now);
        final InputStreamCount before = last.put(name, now);
        final long sampled = now.sampled() - (before == null ? 0 : before.sampled());
        if (sampled > 0) {
          means.put(name, (now.totalMs() - (before == null ? 0 : before.totalMs())) / sampled);
        }
      }
      return means;
    }
  }
}
