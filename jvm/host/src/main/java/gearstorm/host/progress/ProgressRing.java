package gearstorm.host.progress;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A bounded queue of deltas from one producer thread to one spout executor, without objects. */
public final class ProgressRing {
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  // Far enough apart that the two threads never write one cache line.
  private static final int PRODUCER = 16;
  private static final int CONSUMER = 32;
  private static final int CURSORS_LENGTH = 48;

  /** 0 is an empty slot: no root is 0. Written last by the producer, first read by the consumer. */
  private final long[] roots;

  private final long[] xors;
  private final boolean[] failures;
  private final int mask;
  private final long[] cursors = new long[CURSORS_LENGTH];

  /**
   * @param capacity a power of two
   */
  public ProgressRing(final int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("not a power of two: " + capacity);
    }
    roots = new long[capacity];
    xors = new long[capacity];
    failures = new boolean[capacity];
    mask = capacity - 1;
  }

  /** Producer: false when there is no room. */
  public boolean offer(final long root, final long xor, final boolean failed) {
    final long index = cursors[PRODUCER];
    final int slot = (int) index & mask;
    if ((long) LONGS.getAcquire(roots, slot) != 0) {
      return false;
    }
    xors[slot] = xor;
    failures[slot] = failed;
    LONGS.setRelease(roots, slot, root);
    cursors[PRODUCER] = index + 1;
    return true;
  }

  /** Consumer: passes on what is there, one ring's length at most; how many. */
  public int drain(final DeltaSink sink) {
    int drained = 0;
    while (drained <= mask) {
      final long index = cursors[CONSUMER];
      final int slot = (int) index & mask;
      final long root = (long) LONGS.getAcquire(roots, slot);
      if (root == 0) {
        break;
      }
      final long xor = xors[slot];
      final boolean failed = failures[slot];
      LONGS.setRelease(roots, slot, 0L);
      cursors[CONSUMER] = index + 1;
      drained++;
      sink.onDelta(root, xor, failed);
    }
    return drained;
  }

  public int capacity() {
    return mask + 1;
  }

  /** How many deltas were ever put in; any thread. */
  public long offered() {
    return (long) LONGS.getOpaque(cursors, PRODUCER);
  }

  /** How many were ever taken out; any thread. */
  public long taken() {
    return (long) LONGS.getOpaque(cursors, CONSUMER);
  }

  /** Consumer; another thread only while it waits. */
  public boolean isEmpty() {
    return (long) LONGS.getAcquire(roots, (int) cursors[CONSUMER] & mask) == 0;
  }
}
