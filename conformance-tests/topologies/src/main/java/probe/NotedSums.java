package probe;

import backtype.storm.task.IMetricsContext;
import java.util.List;
import java.util.Map;
import storm.trident.operation.TridentCollector;
import storm.trident.state.BaseStateUpdater;
import storm.trident.state.State;
import storm.trident.state.StateFactory;
import storm.trident.tuple.TridentTuple;

// clause: trident-commit
/** Notes what each batch adds to it, and when it is committed. */
final class NotedSums implements State {
  private final Notes notes;
  private long sum;

  private NotedSums(Notes notes) {
    this.notes = notes;
  }

  @Override
  public void beginCommit(Long batch) {
    sum = 0;
  }

  @Override
  public void commit(Long batch) {
    notes.note("committed", batch, sum);
  }

  static final class Factory implements StateFactory {
    private static final long serialVersionUID = 1;

    @Override
    public State makeState(Map conf, IMetricsContext metrics, int partition, int partitions) {
      return new NotedSums(Notes.of(conf));
    }
  }

  static final class Adding extends BaseStateUpdater<NotedSums> {
    private static final long serialVersionUID = 1;

    @Override
    public void updateState(
        NotedSums state, List<TridentTuple> tuples, TridentCollector collector) {
      for (TridentTuple tuple : tuples) state.sum += tuple.getLong(0);
    }
  }
}
