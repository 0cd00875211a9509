package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineStreamTest {
  private static final int MAX_LINE_BYTES = 64 * 1024;

  private final List<String> lines = new ArrayList<>();
  private final ByteArrayOutputStream original = new ByteArrayOutputStream();
  private final PrintStream originalStream =
      new PrintStream(original, true, StandardCharsets.UTF_8);
  private final PrintStream printed =
      new PrintStream(new LineStream(lines::add, originalStream), true, StandardCharsets.UTF_8);

  @Test
  void linesAreHandedOnWholeHoweverTheyArePrinted() {
    printed.print("on");
    printed.write('e');
    printed.print("\ntwo\r\n\n  \nthr\u00e9e\nfo");
    printed.println("ur");
    assertEquals(List.of("one", "two", "thr\u00e9e", "four"), lines);
  }

  @Test
  void whatNeverEndsIsCutIntoLongLines() {
    printed.print("x".repeat(2 * MAX_LINE_BYTES + 5));
    printed.println();
    assertEquals(
        List.of(MAX_LINE_BYTES, MAX_LINE_BYTES, 5), lines.stream().map(String::length).toList());
  }

  @Test
  void whatTheLogItselfPrintsGoesToTheOriginal() {
    final PrintStream[] self = new PrintStream[1];
    self[0] =
        new PrintStream(
            new LineStream(line -> self[0].print("trouble"), originalStream),
            true,
            StandardCharsets.UTF_8);
    self[0].println("a line");
    assertEquals("trouble", original.toString(StandardCharsets.UTF_8));
  }
}
