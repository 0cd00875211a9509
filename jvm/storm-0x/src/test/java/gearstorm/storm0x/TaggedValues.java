package gearstorm.storm0x;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of the vectors: the name of a kind, and what JSON can hold of the value. */
@SuppressWarnings("JavaUtilDate") // what Storm's users have
final class TaggedValues {
  private TaggedValues() {}

  static Object of(final List<?> tagged) {
    final Object content = tagged.get(1);
    final String text = String.valueOf(content);
    return switch ((String) tagged.get(0)) {
      case "null" -> null;
      case "boolean", "string" -> content;
      case "codeUnits" -> codeUnits((List<?>) content);
      case "long", "bigint" -> Long.valueOf(text);
      case "int", "integer" -> Integer.valueOf(text);
      case "short" -> Short.valueOf(text);
      case "byte" -> Byte.valueOf(text);
      case "double" -> Double.valueOf(text);
      case "float" -> Float.valueOf(text);
      case "character" -> text.charAt(0);
      case "bigInteger" -> new BigInteger(text);
      case "bytes" -> HexFormat.of().parseHex(text);
      case "date" -> new Date(Long.parseLong(text));
      case "list" -> list((List<?>) content);
      case "map", "object" -> map((List<?>) content);
      default -> throw new IllegalArgumentException("no value is of kind " + tagged.get(0));
    };
  }

  private static String codeUnits(final List<?> units) {
    final StringBuilder text = new StringBuilder();
    units.forEach(unit -> text.append((char) ((Number) unit).intValue()));
    return text.toString();
  }

  private static List<Object> list(final List<?> values) {
    final List<Object> list = new ArrayList<>();
    values.forEach(each -> list.add(of((List<?>) each)));
    return list;
  }

  private static Map<Object, Object> map(final List<?> entries) {
    final Map<Object, Object> map = new LinkedHashMap<>();
    for (final Object each : entries) {
      final List<?> entry = (List<?>) each;
      map.put(of((List<?>) entry.get(0)), of((List<?>) entry.get(1)));
    }
    return map;
  }
}
