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

  /** Bytes of these, as they go over the wire. */
  private final AtomicLong acceptedBytes = new AtomicLong();

  /** Accepted tuples that may be sent; raised by the credit reader, reset by the writer. */
  private volatile long limit;

  /** From so many accepted bytes on no tuple more is accepted; written as {@link #limit} is. */
  private volatile long limitBytes;

  /** Whether the peer has granted anything on this connection; written as {@link #limit} is. */
  private volatile boolean granted;

  /** Tuples that left the rings, sent or discarded; the writer's own. */
  private long departed;

  /** Bytes of the departed tuples; the writer's own. */
  private long departedBytes;

  // What had departed when the connection began; written before the credit reader starts.
  private long base;
  private long baseBytes;

  SendCredit(final int targetTask) {
    this.targetTask = targetTask;
  }

  int targetTask() {
    return targetTask;
  }

  /**
   * Takes the right to send one tuple; false when it is used up. While any byte is left a tuple of
   * any size may go: else one that is larger than the whole window would wait for ever. Any thread.
   */
  boolean tryAccept(final int bytes) {
    long count = accepted.get();
    while (count < limit && acceptedBytes.get() < limitBytes) {
      final long witness = accepted.compareAndExchange(count, count + 1);
      if (witness == count) {
        acceptedBytes.addAndGet(bytes);
        return true;
      }
      count = witness;
    }
    return false;
  }

  /** Whether the peer has said how much it takes, be it nothing. Any thread. */
  boolean isGranted() {
    return granted;
  }

  /**
   * Whether the next accepted tuple may go; the writer only. Bytes were looked at when it was
   * accepted: what stands in a ring must not wait for them, as others stand behind it.
   */
  boolean maySend() {
    return departed < limit;
  }

  /** One accepted tuple has left its ring; the writer only. */
  void depart(final int bytes) {
    departed++;
    departedBytes += bytes;
  }

  /** Credit starts at nothing on each connection; the writer only, while no credit reader runs. */
  void reset() {
    base = departed;
    baseBytes = departedBytes;
    limit = departed;
    limitBytes = departedBytes;
    granted = false;
  }

  /**
   * Takes a grant; the credit reader only.
   *
   * @param tuples that may have been sent on this connection in all
   * @param bytes after which no tuple more may be sent on it
   * @return false when the grant takes back an earlier one
   */
  boolean grant(final long tuples, final long bytes) {
    if (tuples < 0 || base + tuples < limit || bytes < 0 || baseBytes + bytes < limitBytes) {
      return false;
    }
    limitBytes = baseBytes + bytes;
    limit = base + tuples;
    granted = true;
    return true;
  }
}
