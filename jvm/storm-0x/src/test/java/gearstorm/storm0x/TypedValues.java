package gearstorm.storm0x;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Values of conformance-tests/golden/groupings.ndjson: one member named after the class. */
final class TypedValues {
  private static final Map<String, Class<?>> ARRAYS =
      Map.of(
          "byte[]", byte.class,
          "int[]", int.class,
          "long[]", long.class,
          "double[]", double.class,
          "String[]", String.class,
          "Object[]", Object.class);

  private TypedValues() {}

  static List<Object> list(final JsonElement json) {
    final List<Object> values = new ArrayList<>();
    json.getAsJsonArray().forEach(element -> values.add(value(element)));
    return values;
  }

  private static Object value(final JsonElement json) {
    if (json.isJsonNull()) {
      return null;
    }
    final JsonObject typed = json.getAsJsonObject();
    final String type = typed.keySet().iterator().next();
    final JsonElement content = typed.get(type);
    if (ARRAYS.containsKey(type)) {
      return array(ARRAYS.get(type), list(content));
    }
    return switch (type) {
      case "List" -> list(content);
      case "Set" -> new HashSet<>(list(content));
      case "Map" -> map(content.getAsJsonArray());
      default -> scalar(type, content.getAsString());
    };
  }

  @SuppressWarnings("JavaUtilDate") // users group by it
  private static Object scalar(final String type, final String text) {
    return switch (type) {
      case "String" -> text;
      case "Boolean" -> Boolean.valueOf(text);
      case "Character" -> text.charAt(0);
      case "Byte" -> Byte.valueOf(text);
      case "Short" -> Short.valueOf(text);
      case "Integer" -> Integer.valueOf(text);
      case "Long" -> Long.valueOf(text);
      case "Float" -> Float.valueOf(text);
      case "Double" -> Double.valueOf(text);
      case "BigInteger" -> new BigInteger(text);
      case "BigDecimal" -> new BigDecimal(text);
      case "Date" -> new Date(Long.parseLong(text));
      default -> throw new IllegalArgumentException("no such type: " + type);
    };
  }

  private static Map<Object, Object> map(final JsonArray pairs) {
    final Map<Object, Object> map = new HashMap<>();
    pairs.forEach(pair -> map.put(list(pair).get(0), list(pair).get(1)));
    return map;
  }

  private static Object array(final Class<?> type, final List<Object> values) {
    final Object array = Array.newInstance(type, values.size());
    for (int index = 0; index < values.size(); index++) {
      Array.set(array, index, values.get(index));
    }
    return array;
  }
}
