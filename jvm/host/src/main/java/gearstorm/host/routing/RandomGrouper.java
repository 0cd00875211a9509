package gearstorm.host.routing;

import java.util.List;
import java.util.random.RandomGenerator;

/** The none grouping: a uniformly random task for each tuple. */
final class RandomGrouper implements Grouper {
  private final int[] tasks;
  private final RandomGenerator random;

  RandomGrouper(final int[] tasks, final RandomGenerator random) {
    this.tasks = tasks;
    this.random = random;
  }

  @Override
  public void choose(final int sourceTask, final List<Object> values, final TaskSelection into) {
    into.add(tasks[random.nextInt(tasks.length)]);
  }
}
