package gearstorm.host.executor;

import gearstorm.host.flow.Bell;
import gearstorm.host.flow.Ring;
import gearstorm.host.spi.HostTuple;

/** The way to a task of this process. */
final class RingOutlet implements Outlet {
  private final Ring ring;
  private final InputLane lane;
  private final int number;
  private final Bell target;

  /**
   * @param lane of the mailbox; who takes a tuple out of the ring gives its share of bytes back
   * @param number of the ring in the lane
   */
  RingOutlet(final Ring ring, final InputLane lane, final int number, final Bell target) {
    this.ring = ring;
    this.lane = lane;
    this.number = number;
    this.target = target;
  }

  @Override
  public boolean offer(final HostTuple tuple, final byte[] payload) {
    return tuple.kibibytes() == 0 ? ring.offer(tuple) : offerLarge(tuple);
  }

  private boolean offerLarge(final HostTuple tuple) {
    if (!lane.budget().tryTake(tuple.kibibytes())) {
      return false;
    }
    if (ring.offer(tuple)) {
      return true;
    }
    lane.budget().release(tuple.kibibytes());
    return false;
  }

  @Override
  public void signal() {
    lane.onOffered(number);
    target.onInput();
  }

  @Override
  public void requestRoom(final Runnable wake) {
    ring.requestRoom(wake);
  }
}
