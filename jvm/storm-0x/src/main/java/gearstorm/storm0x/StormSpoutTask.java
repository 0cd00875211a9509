package gearstorm.storm0x;

import backtype.storm.spout.ISpout;
import backtype.storm.spout.SpoutOutputCollector;
import gearstorm.host.spi.SpoutEmitter;
import gearstorm.host.spi.SpoutTask;

/** A user's spout as the host runs it. */
final class StormSpoutTask extends StormTask implements SpoutTask {
  private final ISpout spout;
  private final DebugLog debugLog;

  /** Null unless requests come over the worker's connection. */
  private final DrpcTurns drpcTurns;

  StormSpoutTask(
      final ISpout spout,
      final TaskContexts.TaskContext task,
      final DrpcTurns drpcTurns,
      final CredentialsListeners credentialsListeners) {
    super(spout, task, credentialsListeners);
    this.spout = spout;
    this.drpcTurns = drpcTurns;
    debugLog = task.debugLog();
  }

  ISpout spout() {
    return spout;
  }

  @Override
  public void open(final SpoutEmitter emitter) {
    BuiltinMetrics.registerForSpout(task().context(), task().conf(), emitter.counts());
    spout.open(
        task().conf(),
        task().context(),
        new SpoutOutputCollector(new SpoutCollector(logged(emitter))));
    task().opened();
  }

  private SpoutEmitter logged(final SpoutEmitter emitter) {
    return debugLog == null ? emitter : new LoggedSpoutEmitter(emitter, debugLog);
  }

  @Override
  public void activate() {
    spout.activate();
  }

  @Override
  public void deactivate() {
    spout.deactivate();
  }

  @Override
  public void nextTuple() {
    spout.nextTuple();
  }

  @Override
  public void ack(final Object messageId, final long latencyNs) {
    if (debugLog != null) {
      debugLog.spoutAcked(messageId);
    }
    spout.ack(messageId);
    settled();
    task().hooks().onSpoutAck(messageId, latencyNs);
  }

  @Override
  public void fail(final Object messageId, final long latencyNs) {
    if (debugLog != null) {
      debugLog.spoutFailed(messageId);
    }
    spout.fail(messageId);
    settled();
    task().hooks().onSpoutFail(messageId, latencyNs);
  }

  private void settled() {
    if (drpcTurns != null) {
      drpcTurns.onSettled();
    }
  }

  @Override
  public void close() {
    spout.close();
  }
}
