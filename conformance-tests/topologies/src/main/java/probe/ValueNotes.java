package probe;

import java.util.Map;
import storm.trident.operation.BaseFilter;
import storm.trident.operation.TridentOperationContext;
import storm.trident.tuple.TridentTuple;

/** Notes every tuple, behind a name, and lets it pass. */
final class ValueNotes extends BaseFilter {
  private static final long serialVersionUID = 1;

  private final String name;
  private transient Notes notes;

  ValueNotes(String name) {
    this.name = name;
  }

  @Override
  public void prepare(Map conf, TridentOperationContext context) {
    notes = Notes.of(conf);
  }

  @Override
  public boolean isKeep(TridentTuple tuple) {
    notes.note(name, Show.typed(tuple.getValues()));
    return true;
  }
}
