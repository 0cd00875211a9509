package acme.trident;

import backtype.storm.task.TopologyContext;
import backtype.storm.tuple.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import storm.trident.operation.TridentCollector;
import storm.trident.spout.IPartitionedTridentSpout;
import storm.trident.topology.TransactionAttempt;

/** A batch that is emitted again has the same numbers as the first time. */
final class FixedNumbersSpout
    implements IPartitionedTridentSpout<Long, Numbers.Partition, List<Long>> {
  private static final long serialVersionUID = 1L;
  private static final int BATCH_MOST = 24;

  private final long end;

  FixedNumbersSpout(long end) {
    this.end = end;
  }

  @Override
  public Emitter<Long, Numbers.Partition, List<Long>> getEmitter(
      Map conf, TopologyContext context) {
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

  /** What it remembers of a batch is its first number and the first after it. */
  private final class NumbersEmitter implements Emitter<Long, Numbers.Partition, List<Long>> {
    @Override
    public List<Long> emitPartitionBatchNew(
        TransactionAttempt attempt,
        TridentCollector collector,
        Numbers.Partition partition,
        List<Long> last) {
      long first = last == null ? 0 : ((Number) last.get(1)).longValue();
      long next = Math.min(end, first + ThreadLocalRandom.current().nextInt(BATCH_MOST + 1));
      Numbers.emit(partition, first, next, collector);
      return Arrays.asList(first, next);
    }

    @Override
    public void emitPartitionBatch(
        TransactionAttempt attempt,
        TridentCollector collector,
        Numbers.Partition partition,
        List<Long> batch) {
      long first = ((Number) batch.get(0)).longValue();
      Numbers.emit(partition, first, ((Number) batch.get(1)).longValue(), collector);
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
