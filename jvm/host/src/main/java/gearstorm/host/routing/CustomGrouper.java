package gearstorm.host.routing;

import gearstorm.host.spi.TaskChooser;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * A user's grouping. It may choose any task of the topology, not only its subscriber's. As in
 * Storm, a choice that nobody can receive is no error: the emit names it, the tuple is lost and its
 * tree times out. The log says so once.
 */
final class CustomGrouper implements Grouper {
  private final TaskChooser chooser;
  private final String target;
  private final IntPredicate canReceive;
  private final Consumer<String> warn;

  /** Written by any thread that emits; that two of them warn would do no harm. */
  private volatile boolean warned;

  /**
   * @param target the subscriber, for the warning
   * @param canReceive whether a task takes tuples at all
   */
  CustomGrouper(
      final TaskChooser chooser,
      final String target,
      final IntPredicate canReceive,
      final Consumer<String> warn) {
    this.chooser = chooser;
    this.target = target;
    this.canReceive = canReceive;
    this.warn = warn;
  }

  @Override
  public void choose(final int sourceTask, final List<Object> values, final TaskSelection into) {
    final List<Integer> chosen = chooser.chooseTasks(sourceTask, values);
    if (chosen == null) {
      add(null, sourceTask, into);
      return;
    }
    for (final Integer task : chosen) {
      add(task, sourceTask, into);
    }
  }

  private void add(final Integer task, final int sourceTask, final TaskSelection into) {
    if (!warned && (task == null || !canReceive.test(task))) {
      warned = true;
      warn.accept(
          "the custom grouping of task %d to %s chose task %s, which is no task of a bolt: the tuple is lost"
              .formatted(sourceTask, target, task));
    }
    into.add(task == null ? TaskSelection.NO_TASK : task);
  }

  @Override
  public boolean callsUserCode() {
    return true;
  }
}
