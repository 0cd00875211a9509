package gearstorm.storm0x;

import java.util.concurrent.TimeUnit;
import storm.trident.spout.ITridentSpout;

/**
 * A source that Trident's coordinator asks, in the midst of a call, whether a batch may begin. What
 * the coordinator has emitted until then is not to wait for a source that thinks about it: one that
 * took its time before is asked only when all of that has gone.
 */
final class TimedSource<Metadata> implements ITridentSpout.BatchCoordinator<Metadata> {
  private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ITridentSpout.BatchCoordinator<Metadata> source;
  private final HeldEmits emits;
  private long lastNanos;

  TimedSource(final ITridentSpout.BatchCoordinator<Metadata> source, final HeldEmits emits) {
    this.source = source;
    this.emits = emits;
  }

  @Override
  public boolean isReady(final long batch) {
    if (lastNanos > QUICK_NANOS) {
      emits.release();
    }
    final long beginNanos = System.nanoTime();
    final boolean ready = source.isReady(batch);
    lastNanos = System.nanoTime() - beginNanos;
    return ready;
  }

  @Override
  public Metadata initializeTransaction(
      final long batch, final Metadata before, final Metadata current) {
    return source.initializeTransaction(batch, before, current);
  }

  @Override
  public void success(final long batch) {
    source.success(batch);
  }

  @Override
  public void close() {
    source.close();
  }
}
