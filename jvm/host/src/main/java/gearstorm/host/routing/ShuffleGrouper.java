package gearstorm.host.routing;

import java.util.List;
import java.util.random.RandomGenerator;

/** Walks a random permutation and makes a new one each time round: equal shares in each cycle. */
final class ShuffleGrouper implements Grouper {
  /** Few enough that the share of each number is even to a thousandth. */
  private static final int SMALL_BOUND_MAX = 64;

  private static final int DRAW_BITS = 16;
  private static final int DRAW_MASK = (1 << DRAW_BITS) - 1;

  private final int[] order;
  private final RandomGenerator random;
  private int next;

  /** Random bits that are left, the lowest first. */
  private long bits;

  private int bitsLeft;

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
      final int other = below(last + 1);
      final int task = order[last];
      order[last] = order[other];
      order[other] = task;
    }
  }

  /** A random number below a bound; one of the generator's is enough for several small ones. */
  private int below(final int bound) {
    if (bound > SMALL_BOUND_MAX) {
      return random.nextInt(bound);
    }
    if (bitsLeft == 0) {
      bits = random.nextLong();
      bitsLeft = Long.SIZE;
    }
    final int drawn = (int) (bits & DRAW_MASK);
    bits >>>= DRAW_BITS;
    bitsLeft -= DRAW_BITS;
    return (drawn * bound) >>> DRAW_BITS;
  }
}
