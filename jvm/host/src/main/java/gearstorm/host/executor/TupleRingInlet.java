package gearstorm.host.executor;

import gearstorm.host.flow.Bell;
import gearstorm.host.flow.Ring;
import gearstorm.host.transport.EncodedTuple;
import gearstorm.host.transport.Inlets;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The way from one peer to one task. */
final class TupleRingInlet implements Inlets.TupleInlet {
  private static final VarHandle TAKEN_BYTES;
  private static final VarHandle OFFERED_BYTES;

  static {
    try {
      TAKEN_BYTES =
          MethodHandles.lookup().findVarHandle(TupleRingInlet.class, "takenBytes", long.class);
      OFFERED_BYTES =
          MethodHandles.lookup().findVarHandle(TupleRingInlet.class, "offeredBytes", long.class);
    } catch (ReflectiveOperationException error) {
      throw new ExceptionInInitializerError(error);
    }
  }

  private final Ring ring;
  private final InputLane lane;
  private final int number;
  private final long capacityBytes;
  private final Bell target;
  private final Stamps stamps;

  /** Written by the peer's reading thread, which is the only one that offers. */
  private volatile long offeredBytes;

  /** Written by the executor that takes. */
  private volatile long takenBytes;

  /** Plain: set before the first offer, which publishes it to the executor. */
  private Runnable listener = () -> {};

  // The executor's own: up to where the listener has been told.
  private long toldTuples;
  private long toldBytes;

  /**
   * @param lane of the mailbox
   * @param number of the ring in the lane
   */
  TupleRingInlet(
      final Ring ring,
      final InputLane lane,
      final int number,
      final long capacityBytes,
      final Bell target,
      final Stamps stamps) {
    this.ring = ring;
    this.lane = lane;
    this.number = number;
    this.capacityBytes = capacityBytes;
    this.target = target;
    this.stamps = stamps;
    ring.onTaken(input -> onTaken((EncodedTuple) Stamped.plain(input)));
  }

  @Override
  public int capacityTuples() {
    return ring.limit();
  }

  @Override
  public long capacityBytes() {
    return capacityBytes;
  }

  @Override
  public boolean offer(final EncodedTuple tuple) {
    final boolean taken = ring.offer(stamps.next(tuple));
    if (taken) {
      OFFERED_BYTES.setOpaque(this, offeredBytes + tuple.bytes());
    }
    return taken;
  }

  /** Encoded tuples that wait; any thread. */
  long waitingBytes() {
    return Math.max(0, offeredBytes - takenBytes);
  }

  @Override
  public long taken() {
    return ring.taken();
  }

  @Override
  public long takenBytes() {
    return takenBytes;
  }

  @Override
  public void onTaken(final Runnable newListener) {
    listener = newListener;
  }

  @Override
  public void signal() {
    lane.onOffered(number);
    if (target.onInput(ring)) {
      stamps.onSleep();
    }
  }

  private void onTaken(final EncodedTuple tuple) {
    final long bytes = takenBytes + tuple.bytes();
    TAKEN_BYTES.setRelease(this, bytes);
    final long tuples = ring.taken();
    if (tuples - toldTuples >= quarter(ring.limit())
        || bytes - toldBytes >= quarter(capacityBytes)) {
      toldTuples = tuples;
      toldBytes = bytes;
      listener.run();
    }
  }

  private static long quarter(final long capacity) {
    return Math.max(1, capacity / 4);
  }
}
