package acme.watched;

import acme.Ledger;
import backtype.storm.metric.api.IMetricsConsumer;
import backtype.storm.task.IErrorReporter;
import backtype.storm.task.TopologyContext;
import java.util.Collection;
import java.util.Map;

/** Writes down the data points that it gets. */
public final class RecordingConsumer implements IMetricsConsumer {
  private Ledger ledger;

  @Override
  public void prepare(
      Map conf, Object argument, TopologyContext context, IErrorReporter errorReporter) {
    ledger = Ledger.open(conf, context);
    ledger.record("prepare", argument);
  }

  @Override
  public void handleDataPoints(TaskInfo task, Collection<DataPoint> points) {
    for (DataPoint point : points) {
      ledger.record(
          "point",
          task.srcComponentId,
          task.srcTaskId,
          task.srcWorkerPort,
          point.name,
          point.value);
    }
  }

  @Override
  public void cleanup() {}
}
