package acme.trident;

import backtype.storm.task.TopologyContext;
import backtype.storm.tuple.Fields;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import storm.trident.operation.TridentCollector;
import storm.trident.spout.IOpaquePartitionedTridentSpout;
import storm.trident.topology.TransactionAttempt;

/**
 * A batch that is emitted again has other numbers than the first time, as many as chance wants but
 * at least one.
 */
final class OpaqueNumbersSpout
    implements IOpaquePartitionedTridentSpout<Long, Numbers.Partition, Long> {
  private static final long serialVersionUID = 1L;
  private static final int BATCH_MOST = 24;

  private final long end;

  OpaqueNumbersSpout(long end) {
    this.end = end;
  }

  @Override
  public Emitter<Long, Numbers.Partition, Long> getEmitter(Map conf, TopologyContext context) {
    return new NumbersEmitter();
  }

  @Override
  public Coordinator<Long> getCoordinator(Map conf, TopologyContext context) {
    return new NumbersCoordinator();
  }

  @Override
  public Map getComponentConfiguration() {
    return null;
  }

  @Override
  public Fields getOutputFields() {
    return Numbers.FIELDS;
  }

  private final class NumbersEmitter implements Emitter<Long, Numbers.Partition, Long> {
    @Override
    public Long emitPartitionBatch(
        TransactionAttempt attempt,
        TridentCollector collector,
        Numbers.Partition partition,
        Long last) {
      long first = last == null ? 0 : last;
      long next = Math.min(end, first + ThreadLocalRandom.current().nextInt(1, BATCH_MOST + 1));
      Numbers.emit(partition, first, next, collector);
      return next;
    }

    @Override
    public void refreshPartitions(List<Numbers.Partition> partitions) {}

    @Override
    public List<Numbers.Partition> getOrderedPartitions(Long count) {
      return Numbers.partitions(count);
    }

    @Override
    public void close() {}
  }

  private static final class NumbersCoordinator implements Coordinator<Long> {
    @Override
    public boolean isReady(long txid) {
      return true;
    }

    @Override
    public Long getPartitionsForBatch() {
      return Numbers.PARTITIONS;
    }

    @Override
    public void close() {}
  }
}
