package gearstorm.host.executor;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Counts the reports that a metrics consumer had no room for: they are dropped, because nothing
 * that is only watched may stop for its watcher. The log says so once a minute at most.
 */
final class Losses {
  private static final long LOG_NS = TimeUnit.MINUTES.toNanos(1);

  private final String consumer;
  private final Consumer<String> log;
  private final LongSupplier nanoTime;

  // guarded by this
  private long dropped;
  private long nextLogNs;

  Losses(final String consumer, final Consumer<String> log, final LongSupplier nanoTime) {
    this.consumer = consumer;
    this.log = log;
    this.nanoTime = nanoTime;
    nextLogNs = nanoTime.getAsLong();
  }

  synchronized void add() {
    dropped++;
    final long nowNs = nanoTime.getAsLong();
    if (nowNs - nextLogNs >= 0) {
      nextLogNs = nowNs + LOG_NS;
      log.accept(consumer + " does not keep up: " + dropped + " reports dropped");
    }
  }
}
