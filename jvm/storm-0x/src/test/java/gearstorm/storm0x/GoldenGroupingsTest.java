package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

// clause: fields-hash
/** Replays what the storm-core at hand chose, out of conformance-tests/golden/groupings.ndjson. */
class GoldenGroupingsTest {
  private static final List<String> FIELDS = List.of("a", "b", "c");

  private final FieldsHash hash = FieldsHash.ofStormIn(getClass().getClassLoader());
  private final String generation = hash == FieldsHash.DEEP ? "0.10" : "0.9";

  @TestFactory
  Stream<DynamicTest> equalFieldsGoToTheTaskThatStormSendsThemTo() throws IOException {
    final List<JsonObject> vectors = vectors().filter(this::isOurs).toList();
    assertFalse(vectors.isEmpty());
    return vectors.stream()
        .map(vector -> DynamicTest.dynamicTest(vector.toString(), () -> replay(vector)));
  }

  private boolean isOurs(final JsonObject vector) {
    return vector.get("kind").getAsString().equals("fields")
        && vector.get("generation").getAsString().equals(generation);
  }

  private void replay(final JsonObject vector) {
    final List<Object> values = TypedValues.list(vector.get("values"));
    final int[] indexes =
        vector.getAsJsonArray("by").asList().stream()
            .map(JsonElement::getAsString)
            .mapToInt(FIELDS::indexOf)
            .toArray();
    for (final Map.Entry<String, JsonElement> target :
        vector.getAsJsonObject("targets").entrySet()) {
      final int tasks = Integer.parseInt(target.getKey());
      assertEquals(target.getValue().getAsInt(), Math.floorMod(hash.of(values, indexes), tasks));
    }
  }

  private static Stream<JsonObject> vectors() throws IOException {
    final Path file =
        Path.of(
            System.getProperty("basedir", "."), "../../conformance-tests/golden/groupings.ndjson");
    return Files.readAllLines(file).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject());
  }
}
