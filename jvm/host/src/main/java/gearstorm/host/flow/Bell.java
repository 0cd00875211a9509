package gearstorm.host.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets one thread sleep until another has something for it, which costs the other a load and no
 * fence as long as nobody sleeps. No wake-up is lost. The other side publishes work and then looks
 * for a sleeper; the sleeper announces its sleep, looks for work, sleeps a moment and looks again
 * before it sleeps for long.
 *
 * <p>Without a fence the first look can miss work whose store still waits in the store buffer of
 * the other side, which then may have seen no announcement. Such a store was made before the
 * announcement, and a processor empties its store buffer by itself, in far less than that moment:
 * the second look finds the work. Whatever is published later is published by who sees the
 * announcement. So an element may wait for a moment, as it does anyway while the sleeper's
 * processor is busy, and never for longer.
 *
 * <p>Who is in the midst of a flow may {@link #gather} instead of sleeping: it is roused when a
 * ring is half full, when nobody else is awake, or when its time is over, which is a wake-up for
 * thousands of elements instead of one for each handful.
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

  private static final long MOMENT_NS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final int AWAKE = 0;
  private static final int WAITS_FOR_INPUT = 1;
  private static final int WAITS_FOR_ROOM = 2;
  private static final int GATHERS = 3;

  private final Roster roster;
  private final BooleanSupplier holdsInput;
  private volatile int state = AWAKE;
  private volatile Thread sleeper;

  /**
   * @param roster of the threads that feed each other
   * @param holdsInput whether there is input that the sleeper could go on with; for any thread,
   *     asked while it gathers
   */
  public Bell(final Roster roster, final BooleanSupplier holdsInput) {
    this.roster = roster;
    this.holdsInput = holdsInput;
  }

  /** Names the calling thread as the one that sleeps; before its first wait. */
  public void attach() {
    sleeper = Thread.currentThread();
    roster.add(this);
  }

  /** The thread that was attached ends. */
  public void detach() {
    roster.remove(this);
  }

  /**
   * There is new input, which the caller has published; whether the thread slept for want of it.
   */
  public boolean onInput() {
    final int seen = state;
    if (seen == WAITS_FOR_INPUT || (seen == GATHERS && roster.allAsleep())) {
      rouse(seen);
    }
    return seen == WAITS_FOR_INPUT;
  }

  /** As {@link #onInput()}, of input in this ring. */
  public boolean onInput(final Ring ring) {
    final int seen = state;
    if (seen == WAITS_FOR_INPUT || (seen == GATHERS && (ring.isHalfFull() || roster.allAsleep()))) {
      rouse(seen);
    }
    return seen == WAITS_FOR_INPUT;
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
    state = AWAKE;
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

  /** The sleeper only: lets input gather for so long at most, unless there is something urgent. */
  public void gather(final long nanos, final BooleanSupplier hasUrgent) {
    Thread.interrupted();
    state = GATHERS;
    if (!hasUrgent.getAsBoolean()) {
      roster.onSleep();
      sleepFor(nanos, GATHERS);
      roster.onWake();
    }
    state = AWAKE;
  }

  /** Any thread; whether the sleeper was gathering and has something to go on with. */
  boolean rouseIfGathered() {
    if (state != GATHERS || !holdsInput.getAsBoolean()) {
      return false;
    }
    rouse(GATHERS);
    return true;
  }

  private void await(final int reason, final long nanos, final BooleanSupplier hasWork) {
    // An interrupt that user code left behind would make every park return at once.
    Thread.interrupted();
    state = reason;
    if (!hasWork.getAsBoolean() && nanos > 0) {
      roster.onSleep();
      sleepFor(Math.min(nanos, MOMENT_NS), reason);
      // Who was roused is not announced any more, whatever it was for.
      if (state == reason && nanos > MOMENT_NS && !hasWork.getAsBoolean()) {
        sleepOn(nanos);
      }
      roster.onWake();
    }
    state = AWAKE;
  }

  /**
   * All of the time unless roused: a permit that an earlier wake-up or user code has left ends a
   * park at once. An interrupt ends this one and the next.
   */
  private void sleepFor(final long nanos, final int reason) {
    final long beginNs = System.nanoTime();
    long left = nanos;
    while (left > 0 && state == reason && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, left);
      left = nanos - (System.nanoTime() - beginNs);
    }
  }

  private void sleepOn(final long nanos) {
    if (nanos == Long.MAX_VALUE) {
      LockSupport.park(this);
    } else {
      LockSupport.parkNanos(this, nanos - MOMENT_NS);
    }
  }

  private void rouse(final int seen) {
    if (STATE.compareAndSet(this, seen, AWAKE)) {
      LockSupport.unpark(sleeper);
    }
  }
}
