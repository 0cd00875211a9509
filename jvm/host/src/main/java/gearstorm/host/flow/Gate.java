package gearstorm.host.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Mutual exclusion that costs its owner thread two plain stores until another thread comes. The
 * first foreign entry switches the gate to an ordinary lock for ever.
 *
 * <p>Why the switch is safe. The owner stores {@code busy} and then loads {@code shared}; the
 * foreign thread stores {@code shared} and then loads {@code busy}. Both could miss each other
 * while the owner's store waits in its store buffer, which a fence on the owner's side would
 * prevent. The foreign thread makes the owner pass that fence instead: {@code Thread.getStackTrace}
 * stops the owner at a safepoint (JDK 17) or by a thread-local handshake (JEP 312, later JDKs). No
 * safepoint lies between the store and the load of one entry, or the store is complete at it. So an
 * entry is either wholly before the stop, then its {@code busy} is visible after it and the foreign
 * thread waits for its end, or it loads {@code shared} after the stop, sees it and takes the lock,
 * which the foreign thread holds all the while. A thread that is not alive enters nothing.
 */
public final class Gate {
  private static final VarHandle BUSY;

  static {
    try {
      BUSY = MethodHandles.lookup().findVarHandle(Gate.class, "busy", boolean.class);
    } catch (ReflectiveOperationException error) {
      throw new ExceptionInInitializerError(error);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Thread owner;

  /** Written by the owner only: it is inside without the lock. */
  private boolean busy;

  private volatile boolean shared;

  /** Guarded by the lock: no entry of the owner without the lock is left. */
  private boolean ownerLocks;

  public Gate(final Thread owner) {
    this.owner = owner;
  }

  public boolean isOwner() {
    return Thread.currentThread() == owner;
  }

  /** Enters; not reentrant for the owner. */
  public void enter() {
    if (isOwner()) {
      BUSY.setRelease(this, true);
      if (!shared) {
        return;
      }
      BUSY.setRelease(this, false);
      lock.lock();
    } else {
      lock.lock();
      if (!ownerLocks) {
        makeOwnerLock();
      }
    }
  }

  /** Leaves. */
  public void exit() {
    if (isOwner() && busy) {
      BUSY.setRelease(this, false);
    } else {
      lock.unlock();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a few instructions are waited for, once
  private void makeOwnerLock() {
    shared = true;
    owner.getStackTrace();
    while ((boolean) BUSY.getAcquire(this)) {
      Thread.yield();
    }
    ownerLocks = true;
  }
}
