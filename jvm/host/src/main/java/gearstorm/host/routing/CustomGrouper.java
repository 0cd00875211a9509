package gearstorm.host.routing;

import gearstorm.host.spi.TaskChooser;
import java.util.List;
import java.util.Set;

/** A user's grouping; its answers are checked, because a wrong one would vanish silently. */
final class CustomGrouper implements Grouper {
  private final Set<Integer> tasks;
  private final TaskChooser chooser;
  private final String target;

  CustomGrouper(final List<Integer> tasks, final TaskChooser chooser, final String target) {
    this.tasks = Set.copyOf(tasks);
    this.chooser = chooser;
    this.target = target;
  }

  @Override
  public void choose(final int sourceTask, final List<Object> values, final TaskSelection into) {
    final List<Integer> chosen = chooser.chooseTasks(sourceTask, values);
    if (chosen == null) {
      throw new IllegalArgumentException("the custom grouping to " + target + " chose null");
    }
    for (final Integer task : chosen) {
      if (task == null || !tasks.contains(task)) {
        throw new IllegalArgumentException(
            "the custom grouping to "
                + target
                + " chose task "
                + task
                + ", which it does not have");
      }
      into.add(task);
    }
  }

  @Override
  public boolean callsUserCode() {
    return true;
  }
}
