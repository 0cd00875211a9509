package probe;

import backtype.storm.metric.api.IMetricsConsumer;
import backtype.storm.task.IErrorReporter;
import backtype.storm.task.TopologyContext;
import java.util.Collection;
import java.util.Map;

/** There to be a component of the system topology. */
public final class SilentConsumer implements IMetricsConsumer {
  @Override
  public void prepare(
      Map conf, Object argument, TopologyContext context, IErrorReporter errorReporter) {
    ContextNotes.note(conf, context);
    Notes.of(conf).note("consumer", "argument", Show.typed(argument));
  }

  @Override
  public void handleDataPoints(TaskInfo task, Collection<DataPoint> points) {}

  @Override
  public void cleanup() {}
}
