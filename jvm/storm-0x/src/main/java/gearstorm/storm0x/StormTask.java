package gearstorm.storm0x;

import gearstorm.host.spi.CredentialsTask;
import gearstorm.host.spi.HookedTask;
import gearstorm.host.spi.MeteredTask;
import gearstorm.host.spi.PartitionLag;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What spouts and bolts of the user have in common, as the host runs them. */
abstract class StormTask implements HookedTask, MeteredTask, CredentialsTask {
  private final Object component;
  private final TaskContexts.TaskContext task;
  private final CredentialsListeners credentialsListeners;

  /** The context's own list, at hand because every emit asks whether it has any. */
  private final Collection<?> hooks;

  StormTask(
      final Object component,
      final TaskContexts.TaskContext task,
      final CredentialsListeners credentialsListeners) {
    this.component = component;
    this.task = task;
    this.credentialsListeners = credentialsListeners;
    hooks = task.hooks().hooks();
  }

  final TaskContexts.TaskContext task() {
    return task;
  }

  /** As cheap as it can be: asked for every tuple. */
  final boolean hasHooks() {
    return !hooks.isEmpty();
  }

  @Override
  public final void setCredentials(final Map<String, String> credentials) throws Exception {
    credentialsListeners.tell(component, credentials);
  }

  @Override
  public final boolean listensToEmits() {
    return hasHooks();
  }

  @Override
  public final void onEmit(
      final String stream, final List<Object> values, final List<Integer> targets) {
    task.hooks().onEmit(stream, values, targets);
  }

  @Override
  public final List<Integer> metricIntervalsSecs() {
    return task.metrics().intervalsSecs();
  }

  @Override
  public final List<Object> readMetrics(final int intervalSecs) {
    return task.metrics().read(intervalSecs);
  }

  @Override
  public final List<PartitionLag> lagsIn(final List<Object> report) {
    return ((MetricsReport) report).lags();
  }

  @Override
  public final void endHooks() {
    task.hooks().end();
  }
}
