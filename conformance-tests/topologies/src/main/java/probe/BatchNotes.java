package probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import storm.trident.operation.BaseAggregator;
import storm.trident.operation.TridentCollector;
import storm.trident.operation.TridentOperationContext;
import storm.trident.tuple.TridentTuple;

/** Notes what a partition has of a batch, if it has anything: its tuples, sorted. */
final class BatchNotes extends BaseAggregator<BatchNotes.Batch> {
  private static final long serialVersionUID = 1;

  private final String what;
  private transient Notes notes;

  BatchNotes(String what) {
    this.what = what;
  }

  @Override
  public void prepare(Map conf, TridentOperationContext context) {
    notes = Notes.of(conf);
  }

  @Override
  public Batch init(Object id, TridentCollector collector) {
    return new Batch(id);
  }

  @Override
  public void aggregate(Batch batch, TridentTuple tuple, TridentCollector collector) {
    batch.tuples.add(Show.typed(new ArrayList<>(tuple.getValues())));
  }

  @Override
  public void complete(Batch batch, TridentCollector collector) {
    batch.tuples.sort(null);
    if (!batch.tuples.isEmpty()) notes.note(what, batch.id, batch.tuples);
  }

  static final class Batch {
    private final Object id;
    private final List<String> tuples = new ArrayList<>();

    private Batch(Object id) {
      this.id = id;
    }
  }
}
