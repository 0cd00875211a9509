package gearstorm.host.executor;

import gearstorm.host.flow.Bell;
import gearstorm.host.flow.Ring;
import gearstorm.host.flow.RingLimit;
import gearstorm.host.spi.HostTuple;

/** The way to a task of this process. */
final class RingOutlet implements Outlet {
  private final Ring ring;
  private final InputLane lane;
  private final int number;
  private final Bell target;
  private final RingLimit limit;
  private final Stamps stamps;

  /**
   * @param lane of the mailbox; who takes a tuple out of the ring gives its share of bytes back
   * @param number of the ring in the lane
   * @param limit of the ring; null when it is fixed
   */
  RingOutlet(
      final Ring ring,
      final InputLane lane,
      final int number,
      final Bell target,
      final RingLimit limit,
      final Stamps stamps) {
    this.ring = ring;
    this.lane = lane;
    this.number = number;
    this.target = target;
    this.limit = limit;
    this.stamps = stamps;
  }

  @Override
  public boolean offer(final HostTuple tuple, final int kibibytes, final byte[] payload) {
    final Object input = stamps.next(tuple);
    final boolean put = kibibytes == 0 ? ring.offer(input) : offerLarge(kibibytes, input);
    if (!put) {
      stamps.onRefused();
    }
    return put;
  }

  private boolean offerLarge(final int kibibytes, final Object input) {
    if (!lane.budget().tryTake(kibibytes)) {
      return false;
    }
    if (ring.offer(input)) {
      return true;
    }
    lane.budget().release(kibibytes);
    return false;
  }

  @Override
  public void signal() {
    lane.onOffered(number);
    // One ring of many tells nothing of how much there is.
    if (limit == null ? target.onInput() : target.onInput(ring)) {
      stamps.onSleep();
    }
  }

  @Override
  public void requestRoom(final Runnable wake) {
    if (limit != null) {
      ring.limit(limit.next(ring.taken()));
    }
    ring.requestRoom(wake);
  }
}
