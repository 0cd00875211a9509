package gearstorm.host.executor;

import gearstorm.host.flow.Bell;
import gearstorm.host.flow.Ring;
import gearstorm.host.spi.HostTuple;

/** The way to a task of this process. */
final class RingOutlet implements Outlet {
  private final Ring ring;
  private final Bell target;

  RingOutlet(final Ring ring, final Bell target) {
    this.ring = ring;
    this.target = target;
  }

  @Override
  public boolean offer(final HostTuple tuple) {
    return ring.offer(tuple);
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
