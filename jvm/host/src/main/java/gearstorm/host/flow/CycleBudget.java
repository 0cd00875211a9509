package gearstorm.host.flow;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the executors of one cycle of the graph hold beyond their mailboxes, in this process. Edges
 * inside a cycle never stop an executor, so this is what bounds a cycle that amplifies.
 */
public final class CycleBudget {
  private static final long TUPLE_BYTES_ESTIMATE = 100;

  private final AtomicLong tuples = new AtomicLong();
  private final String members;
  private final long entryLimitTuples;
  private final long bytesMax;

  private volatile boolean exceeded;

  /**
   * @param members the components of the cycle, for the message of its failure
   * @param entryLimitTuples from this many on, tuples from outside are held back
   * @param bytesMax more than this, by estimate, fails the worker
   */
  public CycleBudget(final String members, final long entryLimitTuples, final long bytesMax) {
    this.members = members;
    this.entryLimitTuples = entryLimitTuples;
    this.bytesMax = bytesMax;
  }

  /**
   * One tuple more waits.
   *
   * @throws CycleOverflowException when that is too much
   */
  public void add() {
    if (tuples.incrementAndGet() * TUPLE_BYTES_ESTIMATE > bytesMax) {
      exceeded = true;
      throwIfExceeded();
    }
  }

  public void remove(final int count) {
    tuples.addAndGet(-count);
  }

  public boolean admitsEntry() {
    return tuples.get() < entryLimitTuples;
  }

  /**
   * Once exceeded it stays so, even when user code caught the exception of its emit.
   *
   * @throws CycleOverflowException when the budget has ever been exceeded
   */
  public void throwIfExceeded() {
    if (exceeded) {
      throw new CycleOverflowException(members, bytesMax);
    }
  }
}
