package gearstorm.host.executor;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends what executors owe while user code keeps them: a bolt may emit more than there is room for
 * and then wait for the effect of it. One thread per worker, asleep while nobody owes anything.
 */
final class DebtKeeper {
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Life life;

  /** Outputs with debts and what their owner does. */
  private final Map<ExecutorOutput, OwnerWatch> watched = new ConcurrentHashMap<>();

  private final Thread thread = new Thread(this::run, "gearstorm-debts");

  DebtKeeper(final Life life) {
    this.life = life;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void wake() {
    LockSupport.unpark(thread);
  }

  /** Any thread, after leaving debts behind. */
  void watch(final ExecutorOutput output) {
    if (!watched.containsKey(output)
        && watched.putIfAbsent(output, new OwnerWatch(output)) == null) {
      wake();
    }
  }

  private void run() {
    while (!life.stopping()) {
      if (watched.isEmpty()) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, LOOK_NS);
        look();
      }
    }
  }

  private void look() {
    final Iterator<Map.Entry<ExecutorOutput, OwnerWatch>> entries = watched.entrySet().iterator();
    while (entries.hasNext()) {
      final Map.Entry<ExecutorOutput, OwnerWatch> entry = entries.next();
      final ExecutorOutput output = entry.getKey();
      if (!output.hasDebts()) {
        entries.remove();
        // New debts may have found it still watched just before.
        if (output.hasDebts()) {
          watch(output);
        }
      } else if (entry.getValue().isKept()) {
        flush(output);
      }
    }
  }

  private static void flush(final ExecutorOutput output) {
    try {
      output.flush();
    } catch (RuntimeException unserializable) {
      // The tuple keeps its place: the owner meets the same exception and ends for it.
    }
  }
}
