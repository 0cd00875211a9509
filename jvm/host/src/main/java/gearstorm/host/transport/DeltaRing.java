package gearstorm.host.transport;

import gearstorm.host.progress.RootId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Progress deltas of one executor on their way to one spout executor; one thread puts, the link's
 * writer takes. Small: whoever finds it full folds its deltas per root.
 */
final class DeltaRing {
  static final int DELTAS_MAX = 256;

  private static final int MASK = DELTAS_MAX - 1;
  private static final VarHandle FLAG = MethodHandles.arrayElementVarHandle(byte[].class);
  private static final byte EMPTY = 0;
  private static final byte DELTA = 1;
  private static final byte FAIL = 2;

  /** Written last and read first: what makes a slot full or empty. */
  private final byte[] flags = new byte[DELTAS_MAX];

  private final int[] rootTasks = new int[DELTAS_MAX];
  private final long[] roots = new long[DELTAS_MAX];
  private final long[] xors = new long[DELTAS_MAX];

  /** The producer's. */
  private int tail;

  /** The writer's. */
  private int head;

  boolean offer(final int rootTask, final long root, final long xor, final boolean failed) {
    final int index = tail & MASK;
    if ((byte) FLAG.getAcquire(flags, index) != EMPTY) {
      return false;
    }
    rootTasks[index] = rootTask;
    roots[index] = root;
    xors[index] = xor;
    FLAG.setRelease(flags, index, failed ? FAIL : DELTA);
    tail++;
    return true;
  }

  boolean isEmpty() {
    return (byte) FLAG.getAcquire(flags, head & MASK) == EMPTY;
  }

  /** The incarnation that the oldest delta is for; only when the ring is not empty. */
  int incarnation() {
    return RootId.incarnation(roots[head & MASK]);
  }

  /** Moves the oldest delta into the open progress frame; only when the ring is not empty. */
  void moveTo(final FrameBatch batch) {
    final int index = head & MASK;
    final boolean failed = (byte) FLAG.getAcquire(flags, index) == FAIL;
    batch.putDelta(rootTasks[index], roots[index], xors[index], failed);
    discard();
  }

  /** Takes the oldest delta and forgets it; only when the ring is not empty. */
  void discard() {
    FLAG.setRelease(flags, head++ & MASK, EMPTY);
  }
}
