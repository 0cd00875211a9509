package gearstorm.host.transport;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets one thread sleep until there is work, without a lost wake-up: the sleeper announces itself
 * and then looks for work once more; the ringer makes work visible and then looks for a sleeper.
 * The full fences between the two steps make it impossible that both miss each other.
 */
final class Doorbell {
  private final AtomicReference<Thread> sleeper = new AtomicReference<>();

  /** Wakes the sleeper, if there is one; called after the work is visible. */
  void ring() {
    VarHandle.fullFence();
    final Thread thread = sleeper.get();
    if (thread != null && sleeper.compareAndSet(thread, null)) {
      LockSupport.unpark(thread);
    }
  }

  /** Sleeps until the bell rings or spuriously, but not at all when there is work. */
  void sleep(final BooleanSupplier hasWork) {
    sleep(hasWork, Long.MAX_VALUE);
  }

  /** As above, but for at most so many nanoseconds. */
  void sleep(final BooleanSupplier hasWork, final long nanos) {
    sleeper.set(Thread.currentThread());
    VarHandle.fullFence();
    if (!hasWork.getAsBoolean()) {
      LockSupport.parkNanos(this, nanos);
    }
    sleeper.set(null);
  }
}
