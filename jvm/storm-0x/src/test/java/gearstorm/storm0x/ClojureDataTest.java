package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gearstorm.host.json.JsonText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClojureDataTest {
  // clause: conf-json
  @Test
  void wholeNumbersThatStemFromYamlAreIntegersIfTheyFit() {
    final Map<String, Object> json =
        JsonText.object(
            """
            {"json": 1, "yaml": 1, "least": -2147483648, "big": 2147483648, "decimal": 1.0,
             "deep": [{"n": 2}, "3", null, true]}""");
    final Map<?, ?> conf =
        ClojureData.config(json, Set.of("yaml", "least", "big", "decimal", "deep"));
    assertEquals(
        Map.of(
            "json",
            1L,
            "yaml",
            1,
            "least",
            Integer.MIN_VALUE,
            "big",
            1L + Integer.MAX_VALUE,
            "decimal",
            1.0),
        Map.of(
            "json", conf.get("json"),
            "yaml", conf.get("yaml"),
            "least", conf.get("least"),
            "big", conf.get("big"),
            "decimal", conf.get("decimal")));
    final List<?> deep = (List<?>) conf.get("deep");
    assertEquals(Arrays.asList("3", null, true), deep.subList(1, 4));
    assertEquals(2, ((Map<?, ?>) deep.get(0)).get("n"));
  }
}
