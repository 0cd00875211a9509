package gearstorm.host.routing;

import java.util.List;

/** Equal values of the chosen fields go to the same task, by the generation's own hash. */
final class FieldsGrouper implements SingleGrouper {
  /** Hashes the values at some positions. */
  @FunctionalInterface
  interface FieldsHash {
    int of(List<Object> values, int[] indexes);
  }

  private final int[] tasks;
  private final int[] indexes;
  private final FieldsHash hash;

  FieldsGrouper(final int[] tasks, final int[] indexes, final FieldsHash hash) {
    this.tasks = tasks;
    this.indexes = indexes;
    this.hash = hash;
  }

  @Override
  public int chooseOne(final int sourceTask, final List<Object> values) {
    return tasks[Math.floorMod(hash.of(values, indexes), tasks.length)];
  }

  @Override
  public boolean callsUserCode() {
    return true;
  }
}
