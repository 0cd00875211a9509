package gearstorm.host.control;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Writes to control: what waits in the outbox, peeked tuples, and statistics once a second while
 * they change. Of executors only those block on the connection that ask for or answer DRPC
 * requests.
 */
final class ReportPump implements Runnable {
  private static final long STATS_MS = 1000;

  /** A thread that was busy for less is not worth a report. */
  private static final long TIME_STEP_MS = 100;

  private static final long PEEK_MS = 50;

  /** What one round writes of the looks before errors and statistics have their turn again. */
  private static final int MAX_PEEK_ROUNDS = 64;

  private static final long FINAL_WRITE_MS = 1000;

  private final Supplier<LineChannel> connection;
  private final Supplier<JsonArray> stats;
  private final Outbox outbox;
  private final Peeks peeks;
  private final Runnable housekeeping;
  // this thread's
  private LineChannel lastConnection;
  private JsonArray lastStats = new JsonArray();
  private long nextStatsNs;
  // guarded by this: a round of writing, which the last words wait for
  private boolean stopped;

  /**
   * @param housekeeping done at least once a second, also without a control plane
   */
  ReportPump(
      final Supplier<LineChannel> connection,
      final Supplier<JsonArray> stats,
      final Outbox outbox,
      final Peeks peeks,
      final Runnable housekeeping) {
    this.connection = connection;
    this.stats = stats;
    this.outbox = outbox;
    this.peeks = peeks;
    this.housekeeping = housekeeping;
    this.nextStatsNs = System.nanoTime();
  }

  @Override
  public void run() {
    try {
      while (round(false)) {
        housekeeping.run();
        outbox.await(peeks.isEmpty() ? STATS_MS : PEEK_MS);
      }
    } catch (InterruptedException stop) {
      // the process ends
    }
  }

  /** Writes everything there is one last time, for at most a second, and ends the pump. */
  void finish() {
    final Thread last = new Thread(() -> round(true), "gearstorm-last-words");
    last.setDaemon(true);
    last.start();
    try {
      last.join(FINAL_WRITE_MS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean round(final boolean last) {
    if (stopped) {
      return false;
    }
    stopped = last;
    final LineChannel channel = connection.get();
    if (channel != null) {
      try {
        writeAll(channel, last);
      } catch (IOException broken) {
        channel.close(); // the reading thread notices and connects again
      }
    }
    return true;
  }

  private void writeAll(final LineChannel channel, final boolean last) throws IOException {
    if (last || statsAreDue(channel)) {
      if (channel.isReplaced()) {
        throw new IOException("another control plane has taken over");
      }
      writeStats(channel, last || channel != lastConnection);
      lastConnection = channel;
    }
    writePeeks(channel, last ? Integer.MAX_VALUE : MAX_PEEK_ROUNDS);
    writeOutbox(channel);
  }

  private void writePeeks(final LineChannel channel, final int maxRounds) throws IOException {
    for (int round = 0; round < maxRounds; round++) {
      final List<String> frames = peeks.nextFrames();
      if (frames.isEmpty()) {
        return;
      }
      for (final String frame : frames) {
        channel.writeLine(frame);
      }
    }
  }

  private boolean statsAreDue(final LineChannel channel) {
    return channel != lastConnection || System.nanoTime() - nextStatsNs >= 0;
  }

  private void writeStats(final LineChannel channel, final boolean always) throws IOException {
    nextStatsNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STATS_MS);
    final JsonArray now = stats.get();
    final JsonArray counts = worthTelling(now);
    if (always || !counts.equals(lastStats)) {
      lastStats = counts;
      channel.writeLine(FrameText.write(new WorkerFrame.Stats(now)));
    }
  }

  /** Without what changes while nothing happens: even a spout that has nothing is busy at times. */
  private static JsonArray worthTelling(final JsonArray stats) {
    final JsonArray counts = stats.deepCopy();
    for (final JsonElement each : counts) {
      final JsonObject executor = each.getAsJsonObject();
      executor.remove("uptimeMs");
      for (final String time : List.of("busyMs", "backpressuredMs")) {
        if (executor.has(time)) {
          executor.addProperty(time, executor.get(time).getAsLong() / TIME_STEP_MS);
        }
      }
    }
    return counts;
  }

  private void writeOutbox(final LineChannel channel) throws IOException {
    final List<String> lines = new ArrayList<>(outbox.takeAll());
    while (!lines.isEmpty()) {
      try {
        channel.writeLine(lines.get(0));
      } catch (IOException broken) {
        outbox.putBack(lines);
        throw broken;
      }
      lines.remove(0);
    }
  }
}
