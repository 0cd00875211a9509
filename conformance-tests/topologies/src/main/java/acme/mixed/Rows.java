package acme.mixed;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Rows of one file that all tasks append to, one write per row. */
final class Rows {
  private static final String PATH = "mixed.rows";

  private final FileOutputStream out;

  Rows(Map conf) {
    try {
      out = new FileOutputStream((String) conf.get(PATH), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void add(Object... facts) {
    StringBuilder row = new StringBuilder();
    for (Object fact : facts) {
      row.append(fact).append('\t');
    }
    try {
      out.write(row.append(".\n").toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
