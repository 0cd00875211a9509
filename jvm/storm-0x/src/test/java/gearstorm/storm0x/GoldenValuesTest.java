package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import gearstorm.host.json.JsonText;
import gearstorm.host.spi.ValueCodec;
import gearstorm.host.values.PackCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** conformance-tests/golden/values.ndjson, which the native host replays too. */
final class GoldenValuesTest {
  private static final Map<?, ?> CONF =
      ClojureData.config(JsonText.object(Topologies.config("")), Set.of());

  private final ValueCodec codec =
      new PackCodec(() -> new KryoValueCodec(CONF), GoldenValuesTest::hash);

  @TestFactory
  Stream<DynamicTest> valuesAreWrittenAsInEveryLanguage() throws IOException {
    return vectors().stream()
        .flatMap(
            vector ->
                written(vector).stream()
                    .map(
                        value ->
                            dynamicTest(
                                name(vector),
                                () -> {
                                  assertEquals(
                                      vector.get("bytes"),
                                      hex(codec.encode(Collections.singletonList(value))));
                                })));
  }

  @TestFactory
  Stream<DynamicTest> valuesAreReadAsInEveryLanguage() throws IOException {
    return vectors().stream()
        .map(vector -> dynamicTest(name(vector), () -> assertSame(read(vector), decode(vector))));
  }

  @TestFactory
  Stream<DynamicTest> valuesAreGroupedAsInEveryLanguage() throws IOException {
    return vectors().stream()
        .map(
            vector ->
                dynamicTest(
                    name(vector),
                    () -> assertEquals(vector.get("hash"), (long) hash(decode(vector)))));
  }

  private Object decode(final Map<String, Object> vector) {
    final byte[] bytes = HexFormat.of().parseHex((String) vector.get("bytes"));
    final List<Object> values = codec.decode(bytes, 0, bytes.length);
    assertEquals(1, values.size());
    return values.get(0);
  }

  /** The values that Java writes so. */
  private static List<Object> written(final Map<String, Object> vector) {
    final List<Object> values = new ArrayList<>();
    if (((List<?>) vector.get("from")).contains("java")) {
      values.add(read(vector));
    }
    if (vector.get("java") instanceof List<?> others) {
      others.forEach(each -> values.add(TaggedValues.of((List<?>) each)));
    }
    return values;
  }

  /** The value that Java reads: of an opaque one, what it is in Java. */
  private static Object read(final Map<String, Object> vector) {
    final List<?> value = (List<?>) vector.get("value");
    return TaggedValues.of(
        value.get(0).equals("opaque") ? (List<?>) ((List<?>) vector.get("java")).get(0) : value);
  }

  private static int hash(final Object value) {
    return FieldsHash.DEEP.of(Collections.singletonList(value), new int[] {0}) - 31;
  }

  private static void assertSame(final Object expected, final Object actual) {
    if (expected instanceof byte[] bytes) {
      assertArrayEquals(bytes, (byte[]) actual);
    } else {
      assertEquals(expected, actual);
    }
  }

  private static String hex(final byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String name(final Map<String, Object> vector) {
    return (String) vector.get("name");
  }

  private static List<Map<String, Object>> vectors() throws IOException {
    final Path file =
        Path.of(System.getProperty("basedir", "."), "../../conformance-tests/golden/values.ndjson");
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(JsonText::object).toList();
    }
  }
}
