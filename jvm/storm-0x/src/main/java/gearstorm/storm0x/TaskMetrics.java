package gearstorm.storm0x;

import backtype.storm.metric.api.IMetric;
import backtype.storm.metric.api.IMetricsConsumer.DataPoint;
import backtype.storm.metric.api.IMetricsConsumer.TaskInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The registered metrics of one task as reports for metrics consumers; on the executor's thread.
 *
 * @param registry of the executor: by interval, task and name
 */
record TaskMetrics(
    Map<Integer, Map<Integer, Map<String, IMetric>>> registry,
    String host,
    int port,
    String component,
    int task) {
  private static final long MS_PER_SEC = 1000;

  List<Integer> intervalsSecs() {
    return registry.entrySet().stream()
        .filter(entry -> entry.getValue().containsKey(task))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The task and its data points; null when no metric has a value. */
  List<Object> read(final int intervalSecs) {
    final List<DataPoint> points = new ArrayList<>();
    registry
        .getOrDefault(intervalSecs, Map.of())
        .getOrDefault(task, Map.of())
        .forEach((name, metric) -> addIfAny(points, name, metric.getValueAndReset()));
    if (points.isEmpty()) {
      return null;
    }
    final long nowSecs = System.currentTimeMillis() / MS_PER_SEC;
    return new MetricsReport(
        new TaskInfo(host, port, component, task, nowSecs, intervalSecs), points);
  }

  private static void addIfAny(
      final List<DataPoint> points, final String name, final Object value) {
    if (value != null && !Boolean.FALSE.equals(value)) {
      points.add(new DataPoint(name, value));
    }
  }
}
