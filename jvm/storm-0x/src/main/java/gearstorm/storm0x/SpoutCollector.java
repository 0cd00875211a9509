package gearstorm.storm0x;

import backtype.storm.spout.ISpoutOutputCollector;
import gearstorm.host.spi.SpoutEmitter;
import java.util.List;

/** What stands behind a spout's SpoutOutputCollector. */
record SpoutCollector(SpoutEmitter emitter) implements ISpoutOutputCollector {
  @Override
  public List<Integer> emit(
      final String streamId, final List<Object> values, final Object messageId) {
    return emitter.emit(streamId, values, messageId);
  }

  @Override
  public void emitDirect(
      final int taskId, final String streamId, final List<Object> values, final Object messageId) {
    emitter.emitDirect(taskId, streamId, values, messageId);
  }

  @Override
  public void reportError(final Throwable error) {
    emitter.reportError(error);
  }
}
