package acme.transactional;

import backtype.storm.coordination.BatchOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.transactional.TransactionAttempt;
import backtype.storm.transactional.partitioned.IOpaquePartitionedTransactionalSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Each partition has the numbers from 1 to a last one, once; a batch that comes again has as many
 * of those that are not committed as chance wants.
 */
final class OpaqueNumbersSource implements IOpaquePartitionedTransactionalSpout<Long> {
  private static final long serialVersionUID = 1L;
  private static final int PARTITIONS = 3;
  private static final int BATCH_MOST = 24;

  private final long last;

  OpaqueNumbersSource(final long last) {
    this.last = last;
  }

  @Override
  public Coordinator getCoordinator(final Map conf, final TopologyContext context) {
    return new AlwaysReady();
  }

  @Override
  public Emitter<Long> getEmitter(final Map conf, final TopologyContext context) {
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

  private static final class AlwaysReady implements Coordinator {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void close() {}
  }

  /** What it remembers of a batch is the first number after it. */
  private final class NumbersEmitter implements Emitter<Long> {
    @Override
    public Long emitPartitionBatch(
        final TransactionAttempt attempt,
        final BatchOutputCollector collector,
        final int partition,
        final Long before) {
      final long first = before == null ? 1 : before;
      final long end = Math.min(last + 1, first + ThreadLocalRandom.current().nextInt(BATCH_MOST));
      for (long number = first; number < end; number++) collector.emit(new Values(attempt, number));
      return end;
    }

    @Override
    public int numPartitions() {
      return PARTITIONS;
    }

    @Override
    public void close() {}
  }
}
