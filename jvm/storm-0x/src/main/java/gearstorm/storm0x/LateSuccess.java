package gearstorm.storm0x;

import backtype.storm.spout.ISpoutOutputCollector;
import java.util.List;
import storm.trident.topology.MasterBatchCoordinator;

/**
 * Tells of a batch's success only when its coordinator has stored it. Trident's own
 * (storm.trident.topology.MasterBatchCoordinator, ack) emits the success first and then writes that
 * the next batch is the current one. Sources that hear of a success forget where the batches before
 * it ended. So a coordinator that dies between the two is followed by one that tries the batch
 * again, and its source, which remembers nothing before it, begins with its very first tuple. The
 * coordinator's next emit, and the end of its ack, come after the write.
 */
final class LateSuccess implements ISpoutOutputCollector {
  private final ISpoutOutputCollector collector;

  /** Null when there is none. */
  private List<Object> held;

  LateSuccess(final ISpoutOutputCollector collector) {
    this.collector = collector;
  }

  @Override
  public List<Integer> emit(
      final String stream, final List<Object> values, final Object messageId) {
    release();
    if (messageId == null && stream.equals(MasterBatchCoordinator.SUCCESS_STREAM_ID)) {
      held = values;
      return List.of(); // which the coordinator does not look at
    }
    return collector.emit(stream, values, messageId);
  }

  /** After ack. */
  void release() {
    if (held != null) {
      final List<Object> values = held;
      held = null;
      collector.emit(MasterBatchCoordinator.SUCCESS_STREAM_ID, values, null);
    }
  }

  @Override
  public void emitDirect(
      final int task, final String stream, final List<Object> values, final Object messageId) {
    release();
    collector.emitDirect(task, stream, values, messageId);
  }

  @Override
  public void reportError(final Throwable error) {
    collector.reportError(error);
  }
}
