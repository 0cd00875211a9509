package acme.bench;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts times in buckets and appends "milliseconds of the epoch, tab, worker, tab,
 * bucket:count,..." to a file ten times a second. Bucket b below 32 is b nanoseconds; from there on
 * every doubling has 32 buckets, so that no time is off by more than a thirty-second part.
 */
final class LatencyMeter {
  private static final long PAUSE_MS = 100;
  private static final int STEP_BITS = 5;
  private static final int STEPS = 1 << STEP_BITS;
  private static final List<LatencyMeter> METERS = new CopyOnWriteArrayList<LatencyMeter>();

  private final AtomicLongArray buckets = new AtomicLongArray((Long.SIZE - STEP_BITS) * STEPS);

  private LatencyMeter() {}

  /** A meter for one task; the first one of a worker starts the writing. */
  static LatencyMeter open(String file) {
    LatencyMeter meter = new LatencyMeter();
    synchronized (METERS) {
      if (METERS.isEmpty()) {
        Thread writer = new Thread(() -> write(file), "bench-latencies");
        writer.setDaemon(true);
        writer.start();
      }
      METERS.add(meter);
    }
    return meter;
  }

  /** One more; only ever called by the one thread of the task. */
  void add(long nanos) {
    int bucket = bucketOf(nanos);
    buckets.lazySet(bucket, buckets.get(bucket) + 1);
  }

  private static int bucketOf(long nanos) {
    if (nanos < STEPS) {
      return (int) Math.max(0, nanos);
    }
    int shift = Long.SIZE - 1 - STEP_BITS - Long.numberOfLeadingZeros(nanos);
    return (shift << STEP_BITS) + (int) (nanos >>> shift);
  }

  private static void write(String file) {
    String worker = ManagementFactory.getRuntimeMXBean().getName();
    try (FileOutputStream out = new FileOutputStream(file, true)) {
      while (true) {
        Thread.sleep(PAUSE_MS);
        String row = System.currentTimeMillis() + "\t" + worker + "\t" + countsText() + "\n";
        out.write(row.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String countsText() {
    StringBuilder text = new StringBuilder();
    for (int bucket = 0; bucket < (Long.SIZE - STEP_BITS) * STEPS; bucket++) {
      long count = 0;
      for (LatencyMeter meter : METERS) {
        count += meter.buckets.get(bucket);
      }
      if (count > 0) {
        text.append(text.length() == 0 ? "" : ",").append(bucket).append(':').append(count);
      }
    }
    return text.toString();
  }
}
