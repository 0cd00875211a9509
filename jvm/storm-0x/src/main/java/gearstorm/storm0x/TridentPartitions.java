package gearstorm.storm0x;

import backtype.storm.coordination.BatchOutputCollector;
import backtype.storm.task.IBolt;
import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.tuple.Tuple;
import java.util.Map;
import storm.trident.spout.ITridentSpout;
import storm.trident.spout.OpaquePartitionedTridentSpoutExecutor;
import storm.trident.spout.PartitionedTridentSpoutExecutor;
import storm.trident.spout.TridentSpoutExecutor;
import storm.trident.topology.BatchInfo;
import storm.trident.topology.ITridentBatchBolt;
import storm.trident.topology.TridentBoltExecutor;
import storm.trident.topology.state.TransactionalState;

/**
 * Trident's own bolt of a source with partitions, which stores where the batch of each partition
 * ends, one partition after the other, and removes what is older, one after the other. Here all
 * that one call changes is one transaction at its end. The batch, its commit or its success is not
 * done before that, as its tuple is acked after the call: what a call that broke off has stored, a
 * part with Storm and nothing here, belongs to an attempt that is tried again.
 */
final class TridentPartitions implements IBolt {
  private static final long serialVersionUID = 1L;

  private final TridentBoltExecutor bolt;
  private final TridentSpoutExecutor source;

  private TridentPartitions(final TridentBoltExecutor bolt, final TridentSpoutExecutor source) {
    this.bolt = bolt;
    this.source = source;
  }

  /** What a topology calls a bolt, as it is to be run: every other one is left alone. */
  static IBolt mended(final IBolt bolt) {
    return bolt instanceof TridentBoltExecutor executor
            && PrivateFields.read(executor, "_bolt", ITridentBatchBolt.class)
                instanceof TridentSpoutExecutor source
            && hasPartitions(PrivateFields.read(source, "_spout", ITridentSpout.class))
        ? new TridentPartitions(executor, source)
        : bolt;
  }

  private static boolean hasPartitions(final ITridentSpout<?> spout) {
    return spout instanceof PartitionedTridentSpoutExecutor
        || spout instanceof OpaquePartitionedTridentSpoutExecutor;
  }

  @Override
  @SuppressWarnings("rawtypes") // as Storm declares it
  public void prepare(
      final Map conf, final TopologyContext context, final OutputCollector collector) {
    bolt.prepare(conf, context, collector);
    PrivateFields.write(bolt, "_bolt", storing(source));
  }

  /**
   * @param prepared whose emitter has its state
   */
  static ITridentBatchBolt storing(final TridentSpoutExecutor prepared) {
    final Object emitter = PrivateFields.read(prepared, "_emitter", ITridentSpout.Emitter.class);
    final TransactionalState state =
        TridentStore.over(PrivateFields.read(emitter, "_state", TransactionalState.class), true);
    if (!(state instanceof TridentStore store)) {
      return prepared;
    }
    PrivateFields.write(emitter, "_state", store);
    return new StoringBolt(prepared, store);
  }

  @Override
  public void execute(final Tuple input) {
    bolt.execute(input);
  }

  @Override
  public void cleanup() {
    bolt.cleanup();
  }

  /** Stores at the end of each call that changes something, also of one that fails the batch. */
  private static final class StoringBolt implements ITridentBatchBolt {
    private static final long serialVersionUID = 1L;

    private final ITridentBatchBolt source;
    private final transient TridentStore store;

    private StoringBolt(final ITridentBatchBolt source, final TridentStore store) {
      this.source = source;
      this.store = store;
    }

    @Override
    public void execute(final BatchInfo batch, final Tuple input) {
      try {
        source.execute(batch, input);
      } finally {
        store.store();
      }
    }

    @Override
    @SuppressWarnings("rawtypes") // as Storm declares it
    public void prepare(
        final Map conf, final TopologyContext context, final BatchOutputCollector collector) {
      source.prepare(conf, context, collector);
    }

    @Override
    public void finishBatch(final BatchInfo batch) {
      source.finishBatch(batch);
    }

    @Override
    public Object initBatchState(final String group, final Object batch) {
      return source.initBatchState(group, batch);
    }

    @Override
    public void cleanup() {
      source.cleanup();
    }

    @Override
    public void declareOutputFields(final OutputFieldsDeclarer declarer) {
      source.declareOutputFields(declarer);
    }

    @Override
    public Map<String, Object> getComponentConfiguration() {
      return source.getComponentConfiguration();
    }
  }
}
