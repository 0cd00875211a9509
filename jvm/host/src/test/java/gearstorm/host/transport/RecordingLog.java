package gearstorm.host.transport;

import gearstorm.host.spi.LogLevel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps the lines that were logged. */
final class RecordingLog implements LinkLog {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Override
  public void log(final LogLevel level, final String message, final Throwable cause) {
    lines.add(cause == null ? message : message + ": " + cause);
  }

  /** Waits for a line with this text and forgets all lines before it. */
  void await(final String part) throws InterruptedException {
    String line = lines.take();
    while (!line.contains(part)) {
      line = lines.take();
    }
  }
}
