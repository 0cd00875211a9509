package probe;

import java.util.Map;
import storm.trident.operation.BaseFilter;
import storm.trident.operation.TridentOperationContext;
import storm.trident.tuple.TridentTuple;

/** Notes once that everything of the quick part of a batch is here. */
final class ArrivalNotes extends BaseFilter {
  private static final long serialVersionUID = 1;

  private transient Notes notes;
  private transient int arrived;

  @Override
  public void prepare(Map conf, TridentOperationContext context) {
    notes = Notes.of(conf);
  }

  @Override
  public boolean isKeep(TridentTuple tuple) {
    arrived++;
    if (arrived == HaltingSource.NUMBERS) notes.note("arrived");
    return true;
  }
}
