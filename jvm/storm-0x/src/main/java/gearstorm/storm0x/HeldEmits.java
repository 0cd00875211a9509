package gearstorm.storm0x;

import backtype.storm.spout.ISpoutOutputCollector;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets nothing leave Trident's coordinator before all is stored that it changed meanwhile.
 * Trident's own (storm.trident.topology.MasterBatchCoordinator, ack) emits the success of a batch
 * first and then writes that the next one is the current one. Sources that hear of a success forget
 * where the batches before it ended. So a coordinator that dies between the two is followed by one
 * that tries the batch again, and its source, which remembers nothing before it, begins with its
 * very first tuple. As long as nobody has heard of them, changes can also be stored together.
 */
final class HeldEmits implements ISpoutOutputCollector {
  private final ISpoutOutputCollector collector;
  private final List<Emit> held = new ArrayList<>();

  private List<TridentStore> stores = List.of();

  HeldEmits(final ISpoutOutputCollector collector) {
    this.collector = collector;
  }

  /** What is stored from now on. */
  void follow(final List<TridentStore> changed) {
    stores = changed;
  }

  @Override
  public List<Integer> emit(
      final String stream, final List<Object> values, final Object messageId) {
    held.add(new Emit(stream, values, messageId));
    return List.of(); // which the coordinator does not look at
  }

  /** After a call of the coordinator. */
  void release() {
    stores.forEach(TridentStore::store);
    held.forEach(each -> collector.emit(each.stream, each.values, each.messageId));
    held.clear();
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

  private record Emit(String stream, List<Object> values, Object messageId) {}
}
