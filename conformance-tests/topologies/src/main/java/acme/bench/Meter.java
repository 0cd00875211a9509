package acme.bench;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what a worker has finished and appends "milliseconds of the epoch, tab, worker, tab, count
 * so far" to a file ten times a second. A count costs its thread one store.
 */
final class Meter {
  private static final long PAUSE_MS = 100;
  private static final List<Meter> METERS = new CopyOnWriteArrayList<Meter>();

  private final AtomicLong count = new AtomicLong();

  private Meter() {}

  /** A meter for one task; the first one of a worker starts the writing. */
  static Meter open(String file) {
    Meter meter = new Meter();
    synchronized (METERS) {
      if (METERS.isEmpty()) {
        startWriter(file);
      }
      METERS.add(meter);
    }
    return meter;
  }

  /** One more; only ever called by the one thread of the task. */
  void count() {
    count.lazySet(count.get() + 1);
  }

  private static void startWriter(final String file) {
    Thread writer = new Thread(() -> write(file), "bench-meter");
    writer.setDaemon(true);
    writer.start();
  }

  private static void write(String file) {
    String worker = ManagementFactory.getRuntimeMXBean().getName();
    try (FileOutputStream out = new FileOutputStream(file, true)) {
      while (true) {
        Thread.sleep(PAUSE_MS);
        long total = 0;
        for (Meter meter : METERS) {
          total += meter.count.get();
        }
        String row = System.currentTimeMillis() + "\t" + worker + "\t" + total + "\n";
        out.write(row.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
