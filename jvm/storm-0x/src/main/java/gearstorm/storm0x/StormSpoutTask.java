package gearstorm.storm0x;

import backtype.storm.spout.ISpout;
import backtype.storm.spout.SpoutOutputCollector;
import gearstorm.host.spi.SpoutEmitter;
import gearstorm.host.spi.SpoutTask;
import java.util.List;
import java.util.Map;

/** A user's spout as the host runs it. */
record StormSpoutTask(
    ISpout spout, TaskContexts.TaskContext task, CredentialsListeners credentialsListeners)
    implements SpoutTask {
  @Override
  public void open(final SpoutEmitter emitter) {
    BuiltinMetrics.registerForSpout(task.context(), task.conf(), emitter.counts());
    spout.open(
        task.conf(), task.context(), new SpoutOutputCollector(new SpoutCollector(logged(emitter))));
    task.opened();
  }

  private SpoutEmitter logged(final SpoutEmitter emitter) {
    return task.debugLog() == null ? emitter : new LoggedSpoutEmitter(emitter, task.debugLog());
  }

  @Override
  public void setCredentials(final Map<String, String> credentials) throws Exception {
    credentialsListeners.tell(spout, credentials);
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
    if (task.debugLog() != null) {
      task.debugLog().spoutAcked(messageId);
    }
    spout.ack(messageId);
    task.hooks().onSpoutAck(messageId, latencyNs);
  }

  @Override
  public void fail(final Object messageId, final long latencyNs) {
    if (task.debugLog() != null) {
      task.debugLog().spoutFailed(messageId);
    }
    spout.fail(messageId);
    task.hooks().onSpoutFail(messageId, latencyNs);
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
  public void close() {
    spout.close();
  }
}
