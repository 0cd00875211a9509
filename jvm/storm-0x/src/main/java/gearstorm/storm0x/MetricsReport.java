package gearstorm.storm0x;

import backtype.storm.metric.api.IMetricsConsumer.DataPoint;
import backtype.storm.metric.api.IMetricsConsumer.TaskInfo;
import gearstorm.host.spi.PartitionLag;
import gearstorm.host.spi.TranslatedValues;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The values of a tuple for metrics consumers: who reports, and what. In other languages both are
 * lists of what Storm's objects hold.
 */
final class MetricsReport extends AbstractList<Object> implements TranslatedValues, RandomAccess {
  private final TaskInfo task;
  private final List<DataPoint> points;

  MetricsReport(final TaskInfo task, final List<DataPoint> points) {
    this.task = task;
    this.points = points;
  }

  /**
   * The report of a task in another language.
   *
   * @throws ClassCastException when the values are anything else
   */
  static MetricsReport of(final List<Object> translated) {
    final List<?> task = (List<?>) translated.get(0);
    final List<?> points = (List<?>) translated.get(1);
    final TaskInfo info =
        new TaskInfo(
            (String) task.get(0),
            ((Number) task.get(1)).intValue(),
            (String) task.get(2),
            ((Number) task.get(3)).intValue(),
            ((Number) task.get(4)).longValue(),
            ((Number) task.get(5)).intValue());
    return new MetricsReport(info, points.stream().map(MetricsReport::point).toList());
  }

  /** null when it says nothing of that. */
  List<PartitionLag> lags() {
    return OffsetMetric.lagsIn(points);
  }

  @Override
  public List<Object> translated() {
    final List<Object> who =
        List.of(
            task.srcWorkerHost,
            task.srcWorkerPort,
            task.srcComponentId,
            task.srcTaskId,
            task.timestamp,
            task.updateIntervalSecs);
    return List.of(who, points.stream().map(point -> List.of(point.name, point.value)).toList());
  }

  @Override
  public Object get(final int index) {
    return index == 0 ? task : points(index);
  }

  @Override
  public int size() {
    return 2;
  }

  private Object points(final int index) {
    if (index != 1) {
      throw new IndexOutOfBoundsException("a report has no value " + index);
    }
    return points;
  }

  private static DataPoint point(final Object translated) {
    final List<?> parts = (List<?>) translated;
    return new DataPoint((String) parts.get(0), parts.get(1));
  }
}
