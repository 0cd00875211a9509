package gearstorm.host.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Encoded tuples of one executor on their way to one peer. One thread puts (or several under one
 * lock), the link's writer takes; an empty slot is null, so neither reads the other's index.
 */
final class SendRing {
  static final int TUPLES_MAX = 1024;
  static final long BYTES_MAX = 1 << 20;

  private static final int MASK = TUPLES_MAX - 1;
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(byte[][].class);
  private static final VarHandle TAKEN_BYTES;

  static {
    try {
      TAKEN_BYTES = MethodHandles.lookup().findVarHandle(SendRing.class, "takenBytes", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final byte[][] slots = new byte[TUPLES_MAX][];

  /** Written before, and read after, the slot of the same index. */
  private final SendCredit[] credits = new SendCredit[TUPLES_MAX];

  // the producer's
  private int tail;
  private long putBytes;
  private long takenBytesSeen;

  // the writer's; the producer reads takenBytes
  private int head;
  private long takenBytes;

  /** Whether the next {@link #put} has room; a tuple larger than the byte limit goes in alone. */
  boolean hasRoom() {
    if (SLOT.getAcquire(slots, tail & MASK) != null) {
      return false;
    }
    if (putBytes - takenBytesSeen < BYTES_MAX) {
      return true;
    }
    takenBytesSeen = (long) TAKEN_BYTES.getAcquire(this);
    return putBytes - takenBytesSeen < BYTES_MAX;
  }

  /** Puts a tuple after {@link #hasRoom} said yes. */
  void put(final SendCredit credit, final byte[] tuple) {
    final int index = tail++ & MASK;
    credits[index] = credit;
    putBytes += tuple.length;
    SLOT.setRelease(slots, index, tuple);
  }

  /** The oldest tuple's size in bytes; -1 when there is none or its credit has not come yet. */
  int sendableBytes() {
    final int index = head & MASK;
    final byte[] tuple = (byte[]) SLOT.getAcquire(slots, index);
    return tuple == null || !credits[index].maySend() ? -1 : tuple.length;
  }

  /** Takes the oldest tuple, with or without credit; null when there is none. */
  byte[] take() {
    final int index = head & MASK;
    final byte[] tuple = (byte[]) SLOT.getAcquire(slots, index);
    if (tuple == null) {
      return null;
    }
    credits[index].depart(tuple.length);
    head++;
    TAKEN_BYTES.setRelease(this, takenBytes + tuple.length);
    SLOT.setRelease(slots, index, null);
    return tuple;
  }
}
