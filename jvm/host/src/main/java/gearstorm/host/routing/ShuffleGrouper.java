package gearstorm.host.routing;

import java.util.List;
import java.util.random.RandomGenerator;

/** Walks a random permutation and makes a new one each time round: equal shares in each cycle. */
final class ShuffleGrouper implements Grouper {
  private final int[] order;
  private final RandomGenerator random;
  private int next;

  ShuffleGrouper(final int[] tasks, final RandomGenerator random) {
    order = tasks.clone();
    this.random = random;
    shuffle();
  }

  @Override
  public void choose(final int sourceTask, final List<Object> values, final TaskSelection into) {
    if (next == order.length) {
      shuffle();
      next = 0;
    }
    into.add(order[next++]);
  }

  private void shuffle() {
    for (int last = order.length - 1; last > 0; last--) {
      final int other = random.nextInt(last + 1);
      final int task = order[last];
      order[last] = order[other];
      order[other] = task;
    }
  }
}
