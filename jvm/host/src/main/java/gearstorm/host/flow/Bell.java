package gearstorm.host.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets one thread sleep until another has something for it. No wake-up is lost: the sleeper
 * announces its sleep and then looks for work once more, the other side publishes work and then,
 * after a full fence, looks for the announcement; at least one of them sees the other.
 */
public final class Bell {
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Bell.class, "state", int.class);
    } catch (ReflectiveOperationException error) {
      throw new ExceptionInInitializerError(error);
    }
  }

  private static final int AWAKE = 0;
  private static final int WAITS_FOR_INPUT = 1;
  private static final int WAITS_FOR_ROOM = 2;

  private volatile int state = AWAKE;
  private volatile Thread sleeper;

  /** Names the calling thread as the one that sleeps; before its first wait. */
  public void attach() {
    sleeper = Thread.currentThread();
  }

  /** There is new input; the caller has published it and passed a full fence since. */
  public void onInput() {
    if (state == WAITS_FOR_INPUT) {
      rouse(WAITS_FOR_INPUT);
    }
  }

  /** There is room in an outlet again. */
  public void onRoom() {
    final int seen = state;
    if (seen != AWAKE) {
      rouse(seen);
    }
  }

  /** Ends the present or the next sleep. */
  public void wake() {
    LockSupport.unpark(sleeper);
  }

  /** The sleeper only: sleeps until input, room, {@link #wake} or the time is over. */
  public void awaitInput(final long nanos, final BooleanSupplier hasWork) {
    await(WAITS_FOR_INPUT, nanos, hasWork);
  }

  /** The sleeper only: as {@link #awaitInput} but new input does not end the sleep. */
  public void awaitRoom(final long nanos, final BooleanSupplier hasWork) {
    await(WAITS_FOR_ROOM, nanos, hasWork);
  }

  private void await(final int reason, final long nanos, final BooleanSupplier hasWork) {
    // An interrupt that user code left behind would make every park return at once.
    Thread.interrupted();
    state = reason;
    if (!hasWork.getAsBoolean()) {
      if (nanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else if (nanos > 0) {
        LockSupport.parkNanos(this, nanos);
      }
    }
    state = AWAKE;
  }

  private void rouse(final int seen) {
    if (STATE.compareAndSet(this, seen, AWAKE)) {
      LockSupport.unpark(sleeper);
    }
  }
}
