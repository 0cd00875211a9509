package gearstorm.host.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTextTest {
  // clause: conf-json
  @Test
  void integersAreLongAndDecimalsDouble() {
    final Map<String, Object> read =
        JsonText.object("{\"a\":[1,-2.0,1e3,\"x\",true,null],\"b\":{\"c\":9007199254740993}}");
    assertEquals(Arrays.asList(1L, -2.0, 1000.0, "x", true, null), read.get("a"));
    assertEquals(Map.of("c", 9007199254740993L), read.get("b"));
  }

  @Test
  void anythingButAnObjectIsRefused() {
    for (final String text : new String[] {"", "[]", "7", "{", "{\"a\":99999999999999999999}"}) {
      assertThrows(IllegalArgumentException.class, () -> JsonText.object(text), text);
    }
  }
}
