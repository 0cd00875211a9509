package gearstorm.host.control;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Throwables as Storm stores them: with their stack. */
final class StackText {
  /** A frame must stay far below the limit of a line. */
  private static final int MAX_CHARS = 64 * 1024;

  private StackText() {}

  static String of(final Throwable error) {
    final StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text, true));
    return text.getBuffer().substring(0, Math.min(MAX_CHARS, text.getBuffer().length()));
  }
}
