package gearstorm.host.flow;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the large tuples of one lane of a mailbox may hold together, in KiB. Tuples below one KiB
 * are not counted: the number of places in the rings bounds them. Any thread.
 */
public final class ByteBudget {
  private final int kibibytesMax;
  private final AtomicInteger held = new AtomicInteger();

  /**
   * @param bytesMax rounded up to whole KiB
   */
  public ByteBudget(final long bytesMax) {
    kibibytesMax = (int) Math.min(Integer.MAX_VALUE / 2, (bytesMax + 1023) / 1024);
  }

  /**
   * Takes room for one tuple; false when there is none. As long as there is any, a tuple of any
   * size gets in: else one that is larger than the whole budget would wait for ever.
   */
  public boolean tryTake(final int kibibytes) {
    int before = held.get();
    while (before < kibibytesMax) {
      final int witness = held.compareAndExchange(before, before + kibibytes);
      if (witness == before) {
        return true;
      }
      before = witness;
    }
    return false;
  }

  /** What the tuples hold that are in now. */
  public long heldBytes() {
    return held.get() * 1024L;
  }

  /** Gives back what {@link #tryTake} took. */
  public void release(final int kibibytes) {
    held.addAndGet(-kibibytes);
  }
}
