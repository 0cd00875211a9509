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

/** The vectors in conformance-tests/golden/progress.json, which other languages replay too. */
public final class GoldenVectors {
  private GoldenVectors() {}

  /** A test for each vector of one kind. */
  public static Stream<DynamicTest> tests(
      final String kind, final ThrowingConsumer<JsonObject> replay) {
    return objects(read().getAsJsonArray(kind)).stream()
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

  private static JsonObject read() {
    try {
      final Path file = Path.of("../../conformance-tests/golden/progress.json");
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (IOException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
