package probe;

import backtype.storm.task.IMetricsContext;
import backtype.storm.tuple.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import storm.trident.operation.TridentCollector;
import storm.trident.state.BaseQueryFunction;
import storm.trident.state.ReadOnlyState;
import storm.trident.state.State;
import storm.trident.state.StateFactory;
import storm.trident.tuple.TridentTuple;

/** A state that nobody writes: of each word its length. */
final class Lengths extends ReadOnlyState {
  static final class Factory implements StateFactory {
    private static final long serialVersionUID = 1;

    @Override
    public State makeState(Map conf, IMetricsContext metrics, int partition, int partitions) {
      return new Lengths();
    }
  }

  static final class Get extends BaseQueryFunction<Lengths, Integer> {
    private static final long serialVersionUID = 1;

    @Override
    public List<Integer> batchRetrieve(Lengths state, List<TridentTuple> words) {
      List<Integer> lengths = new ArrayList<>();
      for (TridentTuple word : words) lengths.add(word.getString(0).length());
      return lengths;
    }

    @Override
    public void execute(TridentTuple word, Integer length, TridentCollector collector) {
      collector.emit(new Values(length));
    }
  }
}
