package gearstorm.host.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What this process may send to one task of a peer, shared by all its executors. All counts run
 * from the start of the process, so that tuples which wait in a ring while the connection changes
 * keep their place in the count; what the peer grants is relative to the connection's {@link
 * #base}.
 */
final class SendCredit {
  private final int targetTask;

  /** Tuples that outlets took in; written by executors. */
  private final AtomicLong accepted = new AtomicLong();

  /** Accepted tuples that may be sent; raised by the credit reader, reset by the writer. */
  private volatile long limit;

  /** Tuples that left the rings, sent or discarded; the writer's own. */
  private long departed;

  /** {@link #departed} when the connection began; written before the credit reader starts. */
  private long base;

  SendCredit(final int targetTask) {
    this.targetTask = targetTask;
  }

  int targetTask() {
    return targetTask;
  }

  /** Takes the right to send one tuple; false when it is used up. Any thread. */
  boolean tryAccept() {
    long count = accepted.get();
    while (count < limit) {
      final long witness = accepted.compareAndExchange(count, count + 1);
      if (witness == count) {
        return true;
      }
      count = witness;
    }
    return false;
  }

  /** Returns a right that {@link #tryAccept} gave and nobody used. */
  void giveBack() {
    accepted.decrementAndGet();
  }

  /** Whether the next accepted tuple may go; the writer only. */
  boolean maySend() {
    return departed < limit;
  }

  /** One accepted tuple has left its ring; the writer only. */
  void depart() {
    departed++;
  }

  /** Credit starts at nothing on each connection; the writer only, while no credit reader runs. */
  void reset() {
    base = departed;
    limit = departed;
  }

  /**
   * Takes a grant; the credit reader only.
   *
   * @param connectionLimit tuples that may have been sent on this connection in all
   * @return false when the grant takes back an earlier one
   */
  boolean grant(final long connectionLimit) {
    final long granted = base + connectionLimit;
    if (connectionLimit < 0 || granted < limit) {
      return false;
    }
    limit = granted;
    return true;
  }
}
