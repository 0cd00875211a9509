package gearstorm.host.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Marks at those of up to 64 queues that may hold something, so that their one consumer need not
 * look at each. No element stays without a mark: a producer publishes, passes a full fence and then
 * looks for its mark; the consumer takes the marks away, passes a full fence and then looks into
 * the queues. When the producer still sees its mark, the consumer has yet to take it and will find
 * the element.
 */
public final class ReadyMarks {
  public static final int QUEUES_MAX = Long.SIZE;

  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

  // Far from its neighbours: many producers read it and seldom write it.
  private static final int MARKS = 16;
  private static final int CELLS_LENGTH = 32;

  private final long[] cells = new long[CELLS_LENGTH];

  /** Any thread that has published to the queue and passed a full fence since. */
  public void mark(final int queue) {
    final long bit = 1L << queue;
    if (((long) CELL.getVolatile(cells, MARKS) & bit) == 0) {
      CELL.getAndBitwiseOr(cells, MARKS, bit);
    }
  }

  /**
   * The consumer: takes all marks, as a bit for each queue. It empties these queues or marks again
   * what it leaves.
   */
  public long take() {
    if ((long) CELL.getVolatile(cells, MARKS) == 0) {
      return 0;
    }
    final long taken = (long) CELL.getAndSet(cells, MARKS, 0L);
    VarHandle.fullFence();
    return taken;
  }

  /** Whether there is any mark. */
  public boolean any() {
    return (long) CELL.getVolatile(cells, MARKS) != 0;
  }
}
