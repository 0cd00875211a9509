package gearstorm.storm0x;

import backtype.storm.task.IBolt;
import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.BasicBoltExecutor;
import backtype.storm.topology.IBasicBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;
import storm.trident.spout.TridentSpoutCoordinator;
import storm.trident.topology.state.RotatingTransactionalState;
import storm.trident.topology.state.TransactionalState;

/**
 * Trident's own coordinator of one source, which stores what the source says of a batch before the
 * batch begins, and removes it when it is committed. Here the removal goes with the next batch's.
 */
final class TridentMetadata implements IBolt {
  private static final long serialVersionUID = 1L;
  private static final String DIRECTORY = "meta";

  private final IBolt bolt;
  private final TridentSpoutCoordinator coordinator;

  private TridentMetadata(final IBolt bolt, final TridentSpoutCoordinator coordinator) {
    this.bolt = bolt;
    this.coordinator = coordinator;
  }

  /** What a topology calls a bolt, as it is to be run: every other one is left alone. */
  static IBolt mended(final IBolt bolt) {
    return bolt.getClass() == BasicBoltExecutor.class
            && PrivateFields.read(bolt, "_bolt", IBasicBolt.class)
                instanceof TridentSpoutCoordinator coordinator
        ? new TridentMetadata(bolt, coordinator)
        : bolt;
  }

  @Override
  @SuppressWarnings("rawtypes") // as Storm declares it
  public void prepare(
      final Map conf, final TopologyContext context, final OutputCollector collector) {
    bolt.prepare(conf, context, collector);
    final TransactionalState store =
        TridentStore.over(
            PrivateFields.read(coordinator, "_underlyingState", TransactionalState.class), false);
    PrivateFields.write(coordinator, "_underlyingState", store);
    PrivateFields.write(coordinator, "_state", new RotatingTransactionalState(store, DIRECTORY));
  }

  @Override
  public void execute(final Tuple input) {
    bolt.execute(input);
  }

  @Override
  public void cleanup() {
    bolt.cleanup();
  }
}
