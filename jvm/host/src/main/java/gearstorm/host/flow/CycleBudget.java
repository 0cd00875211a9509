package gearstorm.host.flow;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the executors of one cycle of the graph hold beyond their mailboxes, in this process. Edges
 * inside a cycle never stop an executor, so this is what bounds a cycle that amplifies.
 */
public final class CycleBudget {
  private final AtomicLong tuples = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
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
   * @param tupleBytes what it holds by estimate
   * @throws CycleOverflowException when that is too much
   */
  public void add(final long tupleBytes) {
    tuples.incrementAndGet();
    if (bytes.addAndGet(tupleBytes) > bytesMax) {
      exceeded = true;
      throwIfExceeded();
    }
  }

  /** One tuple, as it was added, has found its way. */
  public void remove(final long tupleBytes) {
    tuples.decrementAndGet();
    bytes.addAndGet(-tupleBytes);
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
