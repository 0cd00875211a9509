package gearstorm.host.routing;

import java.util.List;

/** A grouper that gives each tuple to exactly one task. */
public interface SingleGrouper extends Grouper {
  /**
   * The task that gets this tuple; by the rules of {@link #choose}.
   *
   * @throws RuntimeException as user code does
   */
  int chooseOne(int sourceTask, List<Object> values);

  @Override
  default void choose(final int sourceTask, final List<Object> values, final TaskSelection into) {
    into.add(chooseOne(sourceTask, values));
  }
}
