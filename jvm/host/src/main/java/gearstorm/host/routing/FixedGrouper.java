package gearstorm.host.routing;

import java.util.List;

/** The same tasks for every tuple: all of them, or the lowest of a global grouping. */
final class FixedGrouper implements Grouper {
  private final int[] tasks;

  FixedGrouper(final int... tasks) {
    this.tasks = tasks;
  }

  @Override
  public void choose(final int sourceTask, final List<Object> values, final TaskSelection into) {
    for (final int task : tasks) {
      into.add(task);
    }
  }
}
