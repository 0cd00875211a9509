package gearstorm.storm0x;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of user code as JSON can show them. */
final class PlainValues {
  /** Deeper structures are shown as text; it also ends those that contain themselves. */
  private static final int MAX_DEPTH = 16;

  private PlainValues() {}

  /** Never throws: whatever a user's method throws is shown instead of its value. */
  static Object of(final Object value) {
    return of(value, MAX_DEPTH);
  }

  private static Object of(final Object value, final int depth) {
    try {
      return convert(value, depth);
    } catch (RuntimeException | StackOverflowError error) {
      return value.getClass().getName() + " (" + error.getClass().getName() + ")";
    }
  }

  private static Object convert(final Object value, final int depth) {
    if (value == null || value instanceof String || value instanceof Boolean || isPlain(value)) {
      return value;
    }
    if (depth == 0) {
      return value.getClass().getName();
    }
    if (value instanceof Map<?, ?> map) {
      final Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((key, each) -> plain.put(String.valueOf(key), of(each, depth - 1)));
      return plain;
    }
    if (value instanceof Collection<?> collection) {
      return list(collection, depth);
    }
    return value instanceof Object[] array ? list(Arrays.asList(array), depth) : value.toString();
  }

  private static List<Object> list(final Collection<?> values, final int depth) {
    final List<Object> plain = new ArrayList<>(values.size());
    for (final Object each : values) {
      plain.add(of(each, depth - 1));
    }
    return plain;
  }

  private static boolean isPlain(final Object value) {
    if (value instanceof Double || value instanceof Float) {
      return Double.isFinite(((Number) value).doubleValue());
    }
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger
        || value instanceof BigDecimal;
  }
}
