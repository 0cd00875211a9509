package gearstorm.host.routing;

import java.util.List;
import java.util.random.RandomGenerator;

/** The none grouping: a uniformly random task for each tuple. */
final class RandomGrouper implements SingleGrouper {
  private final int[] tasks;
  private final RandomGenerator random;

  RandomGrouper(final int[] tasks, final RandomGenerator random) {
    this.tasks = tasks;
    this.random = random;
  }

  @Override
  public int chooseOne(final int sourceTask, final List<Object> values) {
    return tasks[random.nextInt(tasks.length)];
  }
}
