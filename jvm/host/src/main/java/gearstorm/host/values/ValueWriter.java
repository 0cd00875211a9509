package gearstorm.host.values;

import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Writes Java's values. */
@SuppressWarnings("JavaUtilDate") // what Storm's users have
final class ValueWriter {
  /** What lies deeper is opaque; it also ends a list that contains itself. */
  private static final int DEPTH_MAX = 100;

  /** The days that a Date of JavaScript can be: 100 million on either side of 1970. */
  private static final long DATE_MS_MAX = 8_640_000_000_000_000L;

  private final PackWriter out;
  private final Function<Object, byte[]> opaque;
  private final ToIntFunction<Object> hash;

  /**
   * @param opaque bytes of a value that no other language understands
   * @param hash of such a value
   */
  ValueWriter(
      final PackWriter out,
      final Function<Object, byte[]> opaque,
      final ToIntFunction<Object> hash) {
    this.out = out;
    this.opaque = opaque;
    this.hash = hash;
  }

  void tuple(final List<Object> values) {
    list(values, 0);
  }

  private void write(final Object value, final int depth) {
    if (value == null) {
      out.nil();
    } else if (value instanceof String text) {
      string(text);
    } else if (isInteger(value)) {
      out.integer(((Number) value).longValue());
    } else if (value instanceof Double || value instanceof Float) {
      out.float64(((Number) value).doubleValue());
    } else if (value instanceof Boolean flag) {
      out.bool(flag);
    } else if (value instanceof byte[] bytes) {
      out.bytes(bytes);
    } else {
      object(value, depth);
    }
  }

  private void object(final Object value, final int depth) {
    if (value instanceof List<?> list && depth < DEPTH_MAX) {
      list(list, depth + 1);
    } else if (value instanceof Map<?, ?> map && depth < DEPTH_MAX) {
      map(map, depth + 1);
    } else if (isDate(value)) {
      out.extension(Extensions.DATE, () -> out.int64(((Date) value).getTime()));
    } else if (value instanceof Number) {
      out.extension(Extensions.NUMBER, () -> opaque(value, () -> string(textOf(value))));
    } else {
      out.extension(Extensions.OPAQUE, () -> opaque(value, () -> {}));
    }
  }

  private static boolean isInteger(final Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte;
  }

  private static boolean isDate(final Object value) {
    return value.getClass() == Date.class && Math.abs(((Date) value).getTime()) <= DATE_MS_MAX;
  }

  private void string(final String text) {
    if (hasHalfPair(text)) {
      out.extension(Extensions.BROKEN_STRING, () -> out.codeUnits(text));
    } else {
      out.string(text);
    }
  }

  /** Whether half of a surrogate pair stands alone. */
  private static boolean hasHalfPair(final String text) {
    int at = 0;
    while (at < text.length()) {
      final int point = text.codePointAt(at);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        return true;
      }
      at += Character.charCount(point);
    }
    return false;
  }

  /** From a copy, so that the length is true even of a list that others change. */
  private void list(final List<?> list, final int depth) {
    final Object[] values = list.toArray();
    out.array(values.length);
    for (final Object value : values) {
      write(value, depth);
    }
  }

  private void map(final Map<?, ?> map, final int depth) {
    final Object[] entries = map.entrySet().toArray();
    out.map(entries.length);
    for (final Object each : entries) {
      final Map.Entry<?, ?> entry = (Map.Entry<?, ?>) each;
      write(entry.getKey(), depth);
      write(entry.getValue(), depth);
    }
  }

  private void opaque(final Object value, final Runnable more) {
    out.int32(hashOf(value));
    out.string(value.getClass().getName());
    more.run();
    out.raw(opaque.apply(value));
  }

  /** What only subprocesses read shall not keep a value from crossing either. */
  private static String textOf(final Object value) {
    try {
      return String.valueOf(value);
    } catch (RuntimeException | StackOverflowError error) {
      return "";
    }
  }

  /** Most values are not grouped by: a hash that cannot be had shall not keep one from crossing. */
  private int hashOf(final Object value) {
    try {
      return hash.applyAsInt(value);
    } catch (RuntimeException | StackOverflowError error) {
      return 0;
    }
  }
}
