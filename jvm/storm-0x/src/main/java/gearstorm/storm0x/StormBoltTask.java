package gearstorm.storm0x;

import backtype.storm.task.IBolt;
import backtype.storm.task.OutputCollector;
import gearstorm.host.spi.BoltEmitter;
import gearstorm.host.spi.BoltTask;
import gearstorm.host.spi.HostTuple;
import java.util.List;
import java.util.Map;

/** A user's bolt as the host runs it. */
record StormBoltTask(
    IBolt bolt, TaskContexts.TaskContext task, CredentialsListeners credentialsListeners)
    implements BoltTask {
  @Override
  public void prepare(final BoltEmitter emitter) {
    BuiltinMetrics.registerForBolt(task.context(), task.conf(), emitter.counts());
    final BoltCollector collector = new BoltCollector(logged(emitter), task.hooks());
    bolt.prepare(task.conf(), task.context(), new OutputCollector(collector));
    task.opened();
  }

  private BoltEmitter logged(final BoltEmitter emitter) {
    return task.debugLog() == null ? emitter : new LoggedBoltEmitter(emitter, task.debugLog());
  }

  @Override
  public void setCredentials(final Map<String, String> credentials) throws Exception {
    credentialsListeners.tell(bolt, credentials);
  }

  @Override
  public void execute(final HostTuple tuple) {
    if (task.debugLog() != null) {
      task.debugLog().received((LeanTuple) tuple);
    }
    bolt.execute((LeanTuple) tuple);
  }

  @Override
  public void executed(final HostTuple tuple, final long latencyNs) {
    if (task.debugLog() != null) {
      task.debugLog().executed((LeanTuple) tuple, latencyNs);
    }
    task.hooks().onExecuted(tuple, latencyNs);
  }

  @Override
  public boolean listensToEmits() {
    return task.hooks().exist();
  }

  @Override
  public void onEmit(final String stream, final List<Object> values, final List<Integer> targets) {
    task.hooks().onEmit(stream, values, targets);
  }

  @Override
  public List<Integer> metricIntervalsSecs() {
    return task.metrics().intervalsSecs();
  }

  @Override
  public List<Object> readMetrics(final int intervalSecs) {
    return task.metrics().read(intervalSecs);
  }

  @Override
  public void endHooks() {
    task.hooks().end();
  }

  @Override
  public void cleanup() {
    bolt.cleanup();
  }
}
