package acme.bench;

import backtype.storm.Config;
import backtype.storm.task.TopologyContext;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import storm.trident.operation.TridentCollector;
import storm.trident.spout.ITridentSpout;
import storm.trident.topology.TransactionAttempt;

/**
 * Batches of sentences. The time of a batch is from when the coordinator begins it until the spout
 * hears that it is committed; both are in one worker.
 */
final class TimedBatches implements ITridentSpout<Long> {
  static final String FIELD = "sentence";

  private static final long serialVersionUID = 1;

  /** When each batch was begun, in the time of System.nanoTime. */
  private static final Map<Long, Long> BEGUN = new ConcurrentHashMap<>();

  private final int sentences;

  TimedBatches(int sentences) {
    this.sentences = sentences;
  }

  @Override
  public BatchCoordinator<Long> getCoordinator(String id, Map conf, TopologyContext context) {
    return new Beginnings();
  }

  @Override
  public Emitter<Long> getEmitter(String id, Map conf, TopologyContext context) {
    return new Sentences(LatencyMeter.open((String) conf.get(Rates.FILE)));
  }

  @Override
  public Map getComponentConfiguration() {
    Config conf = new Config();
    conf.setMaxTaskParallelism(1);
    return conf;
  }

  @Override
  public Fields getOutputFields() {
    return new Fields(FIELD);
  }

  /** Trident asks it whether a batch may begin, and begins it then. */
  private static final class Beginnings implements BatchCoordinator<Long> {
    @Override
    public Long initializeTransaction(long batch, Long before, Long current) {
      return batch;
    }

    @Override
    public void success(long batch) {}

    @Override
    public boolean isReady(long batch) {
      BEGUN.put(batch, System.nanoTime());
      return true;
    }

    @Override
    public void close() {}
  }

  private final class Sentences implements Emitter<Long> {
    private final LatencyMeter meter;

    Sentences(LatencyMeter meter) {
      this.meter = meter;
    }

    @Override
    public void emitBatch(TransactionAttempt attempt, Long batch, TridentCollector collector) {
      for (int index = 0; index < sentences; index++) {
        collector.emit(new Values(WordCount.SENTENCES[index % WordCount.SENTENCES.length]));
      }
    }

    @Override
    public void success(TransactionAttempt attempt) {
      Long begun = BEGUN.remove(attempt.getTransactionId());
      if (begun != null) meter.add(System.nanoTime() - begun);
    }

    @Override
    public void close() {}
  }
}
