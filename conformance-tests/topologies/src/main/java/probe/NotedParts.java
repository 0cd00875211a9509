package probe;

import java.util.List;

/** What the emitters of sources of parts have in common: they note which parts are theirs. */
abstract class NotedParts {
  final Notes notes;
  private final String name;

  NotedParts(String name, Notes notes) {
    this.name = name;
    this.notes = notes;
  }

  public final void refreshPartitions(List<Part> parts) {
    notes.note(name, "refresh", Part.idsOf(parts));
  }

  public final List<Part> getOrderedPartitions(Long count) {
    return Part.all(count);
  }

  public final void close() {}
}
