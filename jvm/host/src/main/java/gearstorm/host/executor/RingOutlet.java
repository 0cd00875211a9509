package gearstorm.host.executor;

import gearstorm.host.flow.Bell;
import gearstorm.host.flow.ByteBudget;
import gearstorm.host.flow.Ring;
import gearstorm.host.spi.HostTuple;

/** The way to a task of this process. */
final class RingOutlet implements Outlet {
  private final Ring ring;
  private final ByteBudget budget;
  private final Bell target;

  /**
   * @param budget of the mailbox's lane; who takes a tuple out of the ring gives its share back
   */
  RingOutlet(final Ring ring, final ByteBudget budget, final Bell target) {
    this.ring = ring;
    this.budget = budget;
    this.target = target;
  }

  @Override
  public boolean offer(final HostTuple tuple, final byte[] payload) {
    return tuple.kibibytes() == 0 ? ring.offer(tuple) : offerLarge(tuple);
  }

  private boolean offerLarge(final HostTuple tuple) {
    if (!budget.tryTake(tuple.kibibytes())) {
      return false;
    }
    if (ring.offer(tuple)) {
      return true;
    }
    budget.release(tuple.kibibytes());
    return false;
  }

  @Override
  public void signal() {
    target.onInput();
  }

  @Override
  public void requestRoom(final Runnable wake) {
    ring.requestRoom(wake);
  }
}
