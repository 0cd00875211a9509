package gearstorm.storm0x;

import gearstorm.host.spi.SpoutEmitter;
import gearstorm.host.spi.TaskCounts;
import java.util.List;

/** Logs what a spout emits before it does. */
record LoggedSpoutEmitter(SpoutEmitter emitter, DebugLog log) implements SpoutEmitter {
  @Override
  public List<Integer> emit(
      final String stream, final List<Object> values, final Object messageId) {
    log.emitting(stream, values);
    return emitter.emit(stream, values, messageId);
  }

  @Override
  public void emitDirect(
      final int task, final String stream, final List<Object> values, final Object messageId) {
    log.emittingDirect(task, stream, values);
    emitter.emitDirect(task, stream, values, messageId);
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
