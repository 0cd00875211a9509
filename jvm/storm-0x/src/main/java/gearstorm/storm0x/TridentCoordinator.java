package gearstorm.storm0x;

import backtype.storm.spout.ISpout;
import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import storm.trident.spout.ITridentSpout;
import storm.trident.topology.MasterBatchCoordinator;
import storm.trident.topology.state.TransactionalState;

/**
 * Trident's own coordinator of batches, with the four holes closed that make its counts inexact.
 */
final class TridentCoordinator implements ISpout {
  private static final long serialVersionUID = 1L;

  private final MasterBatchCoordinator coordinator;

  /** Null until it is open. */
  private transient HeldEmits emits;

  private TridentCoordinator(final MasterBatchCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  /** What a topology calls a spout, as it is to be run: every other one is left alone. */
  static ISpout mended(final ISpout spout) {
    return spout instanceof MasterBatchCoordinator coordinator
        ? new TridentCoordinator(coordinator)
        : spout;
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // as Storm declares it
  public void open(
      final Map conf, final TopologyContext context, final SpoutOutputCollector collector) {
    emits = new HeldEmits(collector);
    coordinator.open(conf, context, new SpoutOutputCollector(emits));
    TridentAttempts.restore(coordinator);
    emits.follow(storesOf(coordinator));
    final List<ITridentSpout.BatchCoordinator<Object>> sources =
        PrivateFields.read(coordinator, "_coordinators", List.class);
    sources.replaceAll(source -> new TimedSource<>(source, nextOf(coordinator), emits));
  }

  /** Whether the batch before one has begun, or is committed: there is no gap. */
  static LongPredicate nextOf(final MasterBatchCoordinator coordinator) {
    final Map<?, ?> active = PrivateFields.read(coordinator, "_activeTx", Map.class);
    return batch ->
        active.containsKey(batch - 1)
            || batch == PrivateFields.read(coordinator, "_currTransaction", Long.class);
  }

  /** Its states, which hold their changes from now on. */
  @SuppressWarnings("unchecked") // as it is declared there
  private static List<TridentStore> storesOf(final MasterBatchCoordinator opened) {
    final List<TransactionalState> states = PrivateFields.read(opened, "_states", List.class);
    states.replaceAll(state -> TridentStore.over(state, true));
    return states.stream()
        .filter(TridentStore.class::isInstance)
        .map(TridentStore.class::cast)
        .toList();
  }

  @Override
  public void nextTuple() {
    coordinator.nextTuple();
    emits.release();
  }

  @Override
  public void ack(final Object messageId) {
    coordinator.ack(messageId);
    emits.release();
  }

  @Override
  public void fail(final Object messageId) {
    if (!TridentAttempts.isReplaced(messageId, coordinator)) {
      coordinator.fail(messageId);
      emits.release();
    }
  }

  @Override
  public void activate() {
    coordinator.activate();
  }

  @Override
  public void deactivate() {
    coordinator.deactivate();
  }

  @Override
  public void close() {
    coordinator.close();
  }
}
