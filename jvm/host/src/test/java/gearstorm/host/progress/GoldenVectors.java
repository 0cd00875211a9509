package gearstorm.host.progress;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The vectors in conformance-tests/golden/progress.ndjson, which other languages replay too. */
public final class GoldenVectors {
  private GoldenVectors() {}

  /** A test for each vector of one kind. */
  public static Stream<DynamicTest> tests(
      final String kind, final ThrowingConsumer<JsonObject> replay) {
    return vectors().stream()
        .filter(vector -> text(vector, "kind").equals(kind))
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    text(vector, "clause") + ": " + text(vector, "name"),
                    () -> replay.accept(vector)));
  }

  public static List<JsonObject> objects(final JsonArray array) {
    final List<JsonObject> objects = new ArrayList<>();
    array.forEach(element -> objects.add(element.getAsJsonObject()));
    return objects;
  }

  public static String text(final JsonObject object, final String name) {
    return object.get(name).getAsString();
  }

  /** 64 bits, unsigned, hexadecimal. */
  public static long bits(final JsonElement hexadecimal) {
    return Long.parseUnsignedLong(hexadecimal.getAsString(), 16);
  }

  private static List<JsonObject> vectors() {
    final Path file =
        Path.of(
            System.getProperty("basedir", "."), "../../conformance-tests/golden/progress.ndjson");
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    } catch (IOException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
