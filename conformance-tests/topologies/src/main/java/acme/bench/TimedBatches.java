package acme.bench;

import backtype.storm.Config;
import backtype.storm.task.IMetricsContext;
import backtype.storm.task.TopologyContext;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import storm.trident.operation.TridentCollector;
import storm.trident.spout.ITridentSpout;
import storm.trident.state.State;
import storm.trident.state.StateFactory;
import storm.trident.testing.MemoryMapState;
import storm.trident.topology.TransactionAttempt;

/**
 * Batches of sentences, and the counts of their words. The time of a batch is from when the
 * coordinator begins it until the last part of the counts has committed it; all are in one worker.
 * When the spout hears of the success says less: Storm tells it before it has stored that the batch
 * is done, others after that.
 */
final class TimedBatches implements ITridentSpout<Long> {
  static final String FIELD = "sentence";

  private static final long serialVersionUID = 1;

  /** The batches that are not committed yet. */
  private static final Map<Long, Begun> BEGUN = new ConcurrentHashMap<>();

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
    return new Sentences();
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
      BEGUN.put(batch, new Begun(System.nanoTime()));
      return true;
    }

    @Override
    public void close() {}
  }

  private final class Sentences implements Emitter<Long> {
    @Override
    public void emitBatch(TransactionAttempt attempt, Long batch, TridentCollector collector) {
      for (int index = 0; index < sentences; index++) {
        collector.emit(new Values(WordCount.SENTENCES[index % WordCount.SENTENCES.length]));
      }
    }

    @Override
    public void success(TransactionAttempt attempt) {}

    @Override
    public void close() {}
  }

  /** In the time of System.nanoTime. */
  private static final class Begun {
    private final long nanos;
    private final AtomicInteger commits = new AtomicInteger();

    Begun(long nanos) {
      this.nanos = nanos;
    }
  }

  /** Counts in memory, in as many parts as there are tasks. */
  static final class Counts implements StateFactory {
    private static final long serialVersionUID = 1;

    private final String id = UUID.randomUUID().toString();

    @Override
    public State makeState(Map conf, IMetricsContext metrics, int part, int parts) {
      return new Part(id + part, parts, LatencyMeter.open((String) conf.get(Rates.FILE)));
    }
  }

  private static final class Part extends MemoryMapState<Long> {
    private final int parts;
    private final LatencyMeter meter;

    Part(String id, int parts, LatencyMeter meter) {
      super(id);
      this.parts = parts;
      this.meter = meter;
    }

    @Override
    public void commit(Long batch) {
      super.commit(batch);
      Begun begun = BEGUN.get(batch);
      if (begun != null && begun.commits.incrementAndGet() == parts) {
        BEGUN.remove(batch);
        meter.add(System.nanoTime() - begun.nanos);
      }
    }
  }
}
