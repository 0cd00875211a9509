package gearstorm.storm0x;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Hands on what is printed, line by line, without blank lines. Written by one thread at a time (a
 * PrintStream's lock). What the logging library itself prints while it takes a line goes to the
 * original stream.
 */
final class LineStream extends OutputStream {
  private static final int MAX_LINE_BYTES = 64 * 1024;

  private final Consumer<String> log;
  private final PrintStream original;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean logging;

  LineStream(final Consumer<String> log, final PrintStream original) {
    this.log = log;
    this.original = original;
  }

  @Override
  public void write(final int octet) {
    if (logging) {
      original.write(octet);
      return;
    }
    if (octet != '\n') {
      line.write(octet);
    }
    if (octet == '\n' || line.size() >= MAX_LINE_BYTES) {
      endLine();
    }
  }

  /** As many single bytes, but a whole piece of a line at a time. */
  @Override
  public void write(final byte[] octets, final int offset, final int length) {
    if (logging) {
      original.write(octets, offset, length);
      return;
    }
    final int end = offset + length;
    int start = offset;
    while (start < end) {
      final int room = Math.min(end, start + MAX_LINE_BYTES - line.size());
      int stop = start;
      while (stop < room && octets[stop] != '\n') {
        stop++;
      }
      line.write(octets, start, stop - start);
      start = stop;
      if (stop < room || line.size() >= MAX_LINE_BYTES) {
        start += stop < room ? 1 : 0; // past the line feed
        endLine();
      }
    }
  }

  private void endLine() {
    final String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
    line.reset();
    if (text.isEmpty()) {
      return;
    }
    logging = true;
    try {
      log.accept(text);
    } finally {
      logging = false;
    }
  }
}
