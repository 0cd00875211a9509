package probe;

import backtype.storm.metric.api.IMetricsConsumer;
import backtype.storm.task.IErrorReporter;
import backtype.storm.task.TopologyContext;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

// clause: builtin-metrics, metrics-consumers
/** Notes once of every task which metrics it has, and of what kind their values are. */
public final class ObserverConsumer implements IMetricsConsumer {
  private final Set<String> seen = new HashSet<>();
  private Notes notes;

  @Override
  public void prepare(
      Map conf, Object argument, TopologyContext context, IErrorReporter errorReporter) {
    notes = Notes.of(conf);
    notes.note("consumer", context.getThisComponentId(), Show.typed(argument));
  }

  @Override
  public void handleDataPoints(TaskInfo task, Collection<DataPoint> points) {
    String who = task.srcComponentId + " " + task.srcTaskId;
    once(who, "each " + task.updateIntervalSecs + " s", "at " + Show.kind(task.timestamp));
    for (DataPoint point : points) {
      if (point.value instanceof Map) {
        ((Map<?, ?>) point.value)
            .forEach((key, value) -> once(who, point.name, key + " " + Show.kind(value)));
      }
      once(who, point.name, Show.kind(point.value));
    }
  }

  private void once(String who, String what, String kind) {
    // what system components have to tell differs from one machine to the other
    if (!who.startsWith("__") && seen.add(who + what + kind)) {
      notes.note("metric", who, what, kind);
    }
  }

  @Override
  public void cleanup() {}
}
