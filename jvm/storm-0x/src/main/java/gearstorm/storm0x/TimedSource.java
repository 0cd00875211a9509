package gearstorm.storm0x;

import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import storm.trident.spout.ITridentSpout;

/**
 * A source that Trident's coordinator asks, in the midst of a call, whether a batch may begin.
 *
 * <p>A batch is ready only behind the one before it. Trident's coordinator
 * (storm.trident.topology.MasterBatchCoordinator, sync) looks at one batch after the other and
 * begins each that may begin by itself, as its throttle or its source says at that moment: if the
 * moment comes between two looks, the later batch begins first. An opaque source goes on where the
 * last batch that it knows ended: then both begin at the same place.
 *
 * <p>What the coordinator has emitted until then is not to wait for a source that thinks about it:
 * one that took its time before is asked only when all of that has gone.
 */
final class TimedSource<Metadata> implements ITridentSpout.BatchCoordinator<Metadata> {
  private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ITridentSpout.BatchCoordinator<Metadata> source;
  private final LongPredicate isNext;
  private final HeldEmits emits;
  private long lastNanos;

  /**
   * @param isNext whether the batch before has begun, or is committed
   */
  TimedSource(
      final ITridentSpout.BatchCoordinator<Metadata> source,
      final LongPredicate isNext,
      final HeldEmits emits) {
    this.source = source;
    this.isNext = isNext;
    this.emits = emits;
  }

  @Override
  public boolean isReady(final long batch) {
    if (!isNext.test(batch)) {
      return false;
    }
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
