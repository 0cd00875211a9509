package gearstorm.storm0x;

import gearstorm.host.spi.BoltEmitter;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.TaskCounts;
import java.util.List;

/** Logs what a bolt does before it is done. */
record LoggedBoltEmitter(BoltEmitter emitter, DebugLog log) implements BoltEmitter {
  @Override
  public List<Integer> emit(
      final String stream, final List<HostTuple> anchors, final List<Object> values) {
    log.emitting(stream, values);
    return emitter.emit(stream, anchors, values);
  }

  @Override
  public List<Integer> emit(
      final String stream, final HostTuple anchor, final List<Object> values) {
    log.emitting(stream, values);
    return emitter.emit(stream, anchor, values);
  }

  @Override
  public void emitDirect(
      final int task,
      final String stream,
      final List<HostTuple> anchors,
      final List<Object> values) {
    log.emittingDirect(task, stream, values);
    emitter.emitDirect(task, stream, anchors, values);
  }

  @Override
  public long ack(final HostTuple tuple) {
    final long latencyNs = emitter.ack(tuple);
    log.settled("ack", (LeanTuple) tuple, latencyNs);
    return latencyNs;
  }

  @Override
  public long fail(final HostTuple tuple) {
    final long latencyNs = emitter.fail(tuple);
    log.settled("fail", (LeanTuple) tuple, latencyNs);
    return latencyNs;
  }

  @Override
  public TaskCounts counts() {
    return emitter.counts();
  }

  @Override
  public void reportError(final Throwable error) {
    emitter.reportError(error);
  }
}
