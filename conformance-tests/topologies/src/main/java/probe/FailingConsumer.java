package probe;

import backtype.storm.metric.api.IMetricsConsumer;
import backtype.storm.task.IErrorReporter;
import backtype.storm.task.TopologyContext;
import java.util.Collection;
import java.util.Map;

// clause: uncaught-exception, metrics-consumers
/** Fails where it is told. */
public final class FailingConsumer implements IMetricsConsumer {
  private Failures failures;

  @Override
  public void prepare(
      Map conf, Object argument, TopologyContext context, IErrorReporter errorReporter) {
    failures = Failures.of(conf);
    failures.at("consumer prepare");
  }

  @Override
  public void handleDataPoints(TaskInfo task, Collection<DataPoint> points) {
    failures.at("consumer handleDataPoints");
  }

  @Override
  public void cleanup() {}
}
