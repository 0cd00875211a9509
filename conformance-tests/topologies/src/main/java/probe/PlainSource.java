package probe;

import backtype.storm.task.TopologyContext;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.Map;
import storm.trident.operation.TridentCollector;
import storm.trident.spout.ITridentSpout;
import storm.trident.topology.TransactionAttempt;

// clause: trident-commit, trident-retry
/** Three batches; its coordinator and its emitter note what they are asked. */
final class PlainSource implements ITridentSpout<Long> {
  static final long BATCHES = 3;

  private static final long serialVersionUID = 1;

  @Override
  public BatchCoordinator<Long> getCoordinator(String id, Map conf, TopologyContext context) {
    return new NotingCoordinator(Notes.of(conf));
  }

  @Override
  public Emitter<Long> getEmitter(String id, Map conf, TopologyContext context) {
    return new NotingEmitter(Notes.of(conf));
  }

  @Override
  public Map getComponentConfiguration() {
    return null;
  }

  @Override
  public Fields getOutputFields() {
    return new Fields("number");
  }

  private static final class NotingCoordinator implements BatchCoordinator<Long> {
    private final Notes notes;

    NotingCoordinator(Notes notes) {
      this.notes = notes;
    }

    @Override
    public Long initializeTransaction(long batch, Long before, Long current) {
      notes.note("plain", "describe", batch, Show.typed(before), Show.typed(current));
      return 10 * batch;
    }

    @Override
    public void success(long batch) {
      notes.note("plain", "coordinator hears of success", batch);
    }

    @Override
    public boolean isReady(long batch) {
      return batch <= BATCHES;
    }

    @Override
    public void close() {}
  }

  private static final class NotingEmitter implements Emitter<Long> {
    private final Notes notes;

    NotingEmitter(Notes notes) {
      this.notes = notes;
    }

    @Override
    public void emitBatch(TransactionAttempt attempt, Long first, TridentCollector collector) {
      notes.note("plain", "emit", attempt, Show.typed(first));
      for (long number = first; number < first + 3; number++) collector.emit(new Values(number));
    }

    @Override
    public void success(TransactionAttempt attempt) {
      notes.note("plain", "emitter hears of success", attempt);
      if (attempt.getTransactionId() == BATCHES) notes.note("done", "plain");
    }

    @Override
    public void close() {}
  }
}
