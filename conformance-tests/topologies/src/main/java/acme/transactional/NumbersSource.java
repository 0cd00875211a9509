package acme.transactional;

import backtype.storm.coordination.BatchOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.transactional.TransactionAttempt;
import backtype.storm.transactional.partitioned.IPartitionedTransactionalSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Each partition has the numbers from 1 to a last one, once; a batch that comes again is the same.
 */
final class NumbersSource implements IPartitionedTransactionalSpout<List<Long>> {
  private static final long serialVersionUID = 1L;
  private static final int PARTITIONS = 3;
  private static final int BATCH_MOST = 24;

  private final long last;

  NumbersSource(final long last) {
    this.last = last;
  }

  @Override
  public Coordinator getCoordinator(final Map conf, final TopologyContext context) {
    return new NumbersCoordinator();
  }

  @Override
  public Emitter<List<Long>> getEmitter(final Map conf, final TopologyContext context) {
    return new NumbersEmitter();
  }

  @Override
  public void declareOutputFields(final OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("tx", "number"));
  }

  @Override
  public Map<String, Object> getComponentConfiguration() {
    return null;
  }

  private static final class NumbersCoordinator implements Coordinator {
    @Override
    public int numPartitions() {
      return PARTITIONS;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** What it remembers of a batch is its first number and the first after it. */
  private final class NumbersEmitter implements Emitter<List<Long>> {
    @Override
    public List<Long> emitPartitionBatchNew(
        final TransactionAttempt attempt,
        final BatchOutputCollector collector,
        final int partition,
        final List<Long> before) {
      final long first = before == null ? 1 : ((Number) before.get(1)).longValue();
      final long end = Math.min(last + 1, first + ThreadLocalRandom.current().nextInt(BATCH_MOST));
      emit(attempt, collector, first, end);
      return Arrays.asList(first, end);
    }

    @Override
    public void emitPartitionBatch(
        final TransactionAttempt attempt,
        final BatchOutputCollector collector,
        final int partition,
        final List<Long> batch) {
      emit(
          attempt,
          collector,
          ((Number) batch.get(0)).longValue(),
          ((Number) batch.get(1)).longValue());
    }

    @Override
    public void close() {}

    private void emit(
        final TransactionAttempt attempt,
        final BatchOutputCollector collector,
        final long first,
        final long end) {
      for (long number = first; number < end; number++) collector.emit(new Values(attempt, number));
    }
  }
}
