package gearstorm.storm0x;

import backtype.storm.task.IBolt;
import backtype.storm.task.OutputCollector;
import gearstorm.host.spi.BoltEmitter;
import gearstorm.host.spi.BoltTask;
import gearstorm.host.spi.HostTuple;

/** A user's bolt as the host runs it. */
final class StormBoltTask extends StormTask implements BoltTask {
  private final IBolt bolt;
  private final DebugLog debugLog;

  StormBoltTask(
      final IBolt bolt,
      final TaskContexts.TaskContext task,
      final CredentialsListeners credentialsListeners) {
    super(bolt, task, credentialsListeners);
    this.bolt = bolt;
    debugLog = task.debugLog();
  }

  IBolt bolt() {
    return bolt;
  }

  @Override
  public void prepare(final BoltEmitter emitter) {
    BuiltinMetrics.registerForBolt(task().context(), task().conf(), emitter.counts());
    final BoltCollector collector = new BoltCollector(logged(emitter), task().hooks());
    bolt.prepare(task().conf(), task().context(), new OutputCollector(collector));
    task().opened();
  }

  private BoltEmitter logged(final BoltEmitter emitter) {
    return debugLog == null ? emitter : new LoggedBoltEmitter(emitter, debugLog);
  }

  @Override
  public void execute(final HostTuple tuple) {
    if (debugLog != null) {
      debugLog.received((LeanTuple) tuple);
    }
    bolt.execute((LeanTuple) tuple);
  }

  @Override
  public void executed(final HostTuple tuple, final long latencyNs) {
    if (debugLog != null) {
      debugLog.executed((LeanTuple) tuple, latencyNs);
    }
    if (hasHooks()) {
      task().hooks().onExecuted(tuple, latencyNs);
    }
  }

  @Override
  public void cleanup() {
    bolt.cleanup();
  }
}
