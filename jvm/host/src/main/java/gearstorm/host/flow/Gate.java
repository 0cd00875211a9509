package gearstorm.host.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Mutual exclusion that costs its owner thread two plain stores while no other thread comes. A
 * foreign entry switches the gate to an ordinary lock, and the owner switches it back after many
 * entries of its own without a foreign one between them: some outputs are used by foreign threads
 * all the time, but most see one only when they were kept from the processor for long.
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
 *
 * <p>Why the switch back is safe. The owner makes it while it holds the lock, so no foreign thread
 * is inside; the next one gets the lock later, finds {@code ownerLocks} false and switches again.
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

  /** As many as cost about what the stop of another switch costs. */
  private static final int OWNER_ENTRIES_TO_RETURN = 1 << 11;

  private final ReentrantLock lock = new ReentrantLock();
  private final Thread owner;

  /** Written by the owner only: it is inside without the lock. */
  private boolean busy;

  private volatile boolean shared;

  /** Guarded by the lock: no entry of the owner without the lock is left. */
  private boolean ownerLocks;

  /** Guarded by the lock: entries of the owner since the last foreign one. */
  private int ownerEntries;

  public Gate(final Thread owner) {
    this.owner = owner;
  }

  public boolean isOwner() {
    return Thread.currentThread() == owner;
  }

  public Thread owner() {
    return owner;
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
      ownerEntries++;
      if (ownerEntries == OWNER_ENTRIES_TO_RETURN) {
        ownerLocks = false;
        shared = false;
      }
    } else {
      lock.lock();
      ownerEntries = 0;
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

  /** Whether the owner takes the lock, as any thread may see it a little late. */
  boolean isShared() {
    return shared;
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
