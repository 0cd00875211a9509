package gearstorm.storm0x;

import backtype.storm.spout.ISpout;
import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import java.util.Map;
import storm.trident.topology.MasterBatchCoordinator;

/** Trident's own coordinator of batches, with the two holes closed that make its counts inexact. */
final class TridentCoordinator implements ISpout {
  private static final long serialVersionUID = 1L;

  private final MasterBatchCoordinator coordinator;

  /** Null until it is open. */
  private transient LateSuccess success;

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
  @SuppressWarnings("rawtypes") // as Storm declares it
  public void open(
      final Map conf, final TopologyContext context, final SpoutOutputCollector collector) {
    success = new LateSuccess(collector);
    coordinator.open(conf, context, new SpoutOutputCollector(success));
    TridentAttempts.restore(coordinator);
  }

  @Override
  public void nextTuple() {
    coordinator.nextTuple();
  }

  @Override
  public void ack(final Object messageId) {
    coordinator.ack(messageId);
    success.release();
  }

  @Override
  public void fail(final Object messageId) {
    coordinator.fail(messageId);
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
