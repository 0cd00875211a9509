package acme.local;

import backtype.storm.testing.AckFailDelegate;
import backtype.storm.utils.RegisteredGlobalState;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what became of tuples, in the process where spout and test both are. */
final class AckFailCounts implements AckFailDelegate {
  private static final long serialVersionUID = 1L;

  private final String id = RegisteredGlobalState.registerState(new AtomicInteger());

  @Override
  public void ack(final Object id) {}

  @Override
  public void fail(final Object id) {
    state().incrementAndGet();
  }

  int failed() {
    return state().get();
  }

  private AtomicInteger state() {
    return (AtomicInteger) RegisteredGlobalState.getState(id);
  }
}
