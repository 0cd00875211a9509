package gearstorm.host.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Marks at those of up to 64 queues that may hold something, so that their one consumer need not
 * look at each. As long as its mark is there it costs a producer a load and no fence.
 *
 * <p>A producer publishes and then looks for its mark. Without a fence it may still see one that
 * the consumer is just taking away, while what it has published waits in its store buffer and the
 * consumer finds the queue empty: then that queue holds something and has no mark. A processor
 * empties its store buffer by itself, so a later look finds it. Therefore {@link #take} names all
 * queues now and then, and a consumer looks at all of them before it sleeps, as {@link Bell} wants
 * it.
 */
public final class ReadyMarks {
  public static final int QUEUES_MAX = Long.SIZE;

  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

  // Far from its neighbours: many producers read it and seldom write it.
  private static final int MARKS = 16;
  private static final int CELLS_LENGTH = 32;

  /** Once in so many times all queues are named. */
  static final int TAKES_PER_SWEEP = 64;

  private final long[] cells = new long[CELLS_LENGTH];
  private volatile long queues;

  /** Written by the consumer. */
  private int takes;

  /** One more queue; returns its number. One thread at a time, before it is marked. */
  public int add() {
    final int number = Long.bitCount(queues);
    if (number == QUEUES_MAX) {
      throw new IllegalStateException("there is no room for another queue");
    }
    queues |= 1L << number;
    return number;
  }

  public boolean isFull() {
    return queues == -1;
  }

  /** Any thread that has published to the queue. */
  public void mark(final int queue) {
    final long bit = 1L << queue;
    if (((long) CELL.getVolatile(cells, MARKS) & bit) == 0) {
      CELL.getAndBitwiseOr(cells, MARKS, bit);
    }
  }

  /**
   * The consumer: takes all marks, as a bit for each queue, and now and then names all queues. It
   * empties these queues or marks again what it leaves.
   */
  public long take() {
    takes++;
    if (takes % TAKES_PER_SWEEP == 0) {
      CELL.setVolatile(cells, MARKS, 0L);
      VarHandle.fullFence();
      return queues;
    }
    if ((long) CELL.getVolatile(cells, MARKS) == 0) {
      return 0;
    }
    final long taken = (long) CELL.getAndSet(cells, MARKS, 0L);
    VarHandle.fullFence();
    return taken;
  }
}
