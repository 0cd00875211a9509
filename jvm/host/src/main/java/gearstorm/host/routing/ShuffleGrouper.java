package gearstorm.host.routing;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Walks a random permutation and makes a new one each time round: equal shares in each round. Where
 * tuples are many, a task gets several in a row, each as many.
 */
final class ShuffleGrouper implements SingleGrouper {
  /** Few enough that the share of each number is even to a thousandth. */
  private static final int SMALL_BOUND_MAX = 64;

  private static final int DRAW_BITS = 16;
  private static final int DRAW_MASK = (1 << DRAW_BITS) - 1;

  private final int[] order;
  private final RandomGenerator random;
  private final RunLength runLength;
  private int next;

  /** Of the present round. */
  private int run = 1;

  /** What the task before {@link #next} still gets. */
  private int left;

  /** Random bits that are left, the lowest first. */
  private long bits;

  private int bitsLeft;

  ShuffleGrouper(final int[] tasks, final RandomGenerator random, final RunLength runLength) {
    order = tasks.clone();
    next = order.length;
    this.random = random;
    this.runLength = runLength;
  }

  @Override
  public int chooseOne(final int sourceTask, final List<Object> values) {
    if (left == 0) {
      beginRun();
    }
    left--;
    return order[next - 1];
  }

  private void beginRun() {
    if (next == order.length || !runLength.goesOn()) {
      shuffle();
      next = 0;
      run = runLength.next(order[0], order.length);
    }
    next++;
    left = run;
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
