package gearstorm.host.executor;

import gearstorm.host.flow.Bell;
import gearstorm.host.flow.Ring;
import gearstorm.host.transport.EncodedTuple;
import gearstorm.host.transport.Inlets;
import java.lang.invoke.VarHandle;

/** The way from one peer to one task. */
final class TupleRingInlet implements Inlets.TupleInlet {
  private final Ring ring;
  private final Bell target;

  TupleRingInlet(final Ring ring, final Bell target) {
    this.ring = ring;
    this.target = target;
  }

  @Override
  public int capacityTuples() {
    return ring.capacity();
  }

  @Override
  public boolean offer(final EncodedTuple tuple) {
    return ring.offer(tuple);
  }

  @Override
  public long taken() {
    return ring.taken();
  }

  @Override
  public void onTaken(final Runnable listener) {
    ring.onTaken(listener);
  }

  @Override
  public void signal() {
    VarHandle.fullFence();
    target.onInput();
  }
}
