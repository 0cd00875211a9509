package gearstorm.storm0x;

import backtype.storm.metric.api.IMetricsConsumer;
import backtype.storm.task.IErrorReporter;
import backtype.storm.task.TopologyContext;
import java.util.Collection;
import java.util.Map;

/** A metrics consumer that throws at its first report. */
@SuppressWarnings("rawtypes") // Storm's interface is
public final class ThrowingConsumer implements IMetricsConsumer {
  @Override
  public void prepare(
      final Map conf,
      final Object argument,
      final TopologyContext context,
      final IErrorReporter errors) {
    System.out.println("consumer of " + argument + " is " + context.getThisComponentId());
  }

  @Override
  public void handleDataPoints(final TaskInfo task, final Collection<DataPoint> points) {
    throw new IllegalStateException("cannot consume");
  }

  @Override
  public void cleanup() {}
}
