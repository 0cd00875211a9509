package probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * An append-only file of observations, one a line, its cells separated by tabs. Nothing in it
 * depends on the moment, the process or the machine, so two runs that behave alike write the same
 * lines, though perhaps in another order.
 */
final class Notes {
  /** The configuration key that names the file. */
  static final String PATH = "probe.notes";

  private final Path path;

  Notes(Path path) {
    this.path = path;
  }

  static Notes of(Map conf) {
    return new Notes(Paths.get((String) conf.get(PATH)));
  }

  /** One write, so that lines of several processes never mix. */
  void note(Object... cells) {
    StringBuilder line = new StringBuilder();
    for (Object cell : cells) {
      line.append(line.length() == 0 ? "" : "\t").append(oneLine(String.valueOf(cell)));
    }
    byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    try {
      Files.write(path, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes what the step returned, or what it threw. */
  void attempt(String topic, Object what, Step step) {
    note(topic, what, outcome(step));
  }

  static String outcome(Step step) {
    try {
      return Show.typed(step.run());
    } catch (Exception | LinkageError thrown) {
      return "throws " + Show.thrown(thrown);
    }
  }

  List<String> lines() {
    try {
      return Files.readAllLines(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String oneLine(String text) {
    return text.replace("\t", "\\t").replace("\n", "\\n");
  }

  /** Something that user code can do and that may fail. */
  interface Step {
    Object run() throws Exception;
  }
}
