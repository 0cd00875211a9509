package gearstorm.zookeeper;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.server.PurgeTxnLog;

/**
 * Removes the snapshots and logs that no restart would read, which the server itself never does.
 */
final class OldFiles {
  /** The least that ZooKeeper's own tool accepts. */
  private static final int SNAPSHOTS_KEPT = 3;

  private final File folder;
  private final Duration every;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(OldFiles::daemon);

  OldFiles(File folder, Duration every) {
    this.folder = folder;
    this.every = every;
  }

  void startRemoving() {
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(this::remove, 0, every.toSeconds(), TimeUnit.SECONDS);
  }

  void stopRemoving() {
    timer.shutdownNow();
  }

  private void remove() {
    try {
      PurgeTxnLog.purge(folder, folder, SNAPSHOTS_KEPT);
    } catch (IOException | IllegalArgumentException problem) {
      System.err.println("old files of ZooKeeper stay: " + problem);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "old files");
    thread.setDaemon(true);
    return thread;
  }
}
