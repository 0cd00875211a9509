package probe;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Values as text that is the same in every process: no identities, maps and sets sorted. */
final class Show {
  /** Begins a cell of JSON text, whose keys may stand in any order. */
  static final String JSON = "json:";

  private Show() {}

  /** The value behind its class; what stands inside collections has its class too. */
  static String typed(Object value) {
    if (value == null) {
      return "null";
    }
    String name = value.getClass().getName();
    return name.replaceFirst("^java\\.(lang|util)\\.(?=[A-Z])", "") + " " + shown(value, true);
  }

  /** The value without classes. */
  static String plain(Object value) {
    return shown(value, false);
  }

  /** The class alone. */
  static String kind(Object value) {
    return value == null ? "null" : value.getClass().getName();
  }

  /** The JVM's own text for a null differs with the names of local variables. */
  static String thrown(Throwable thrown) {
    if (thrown instanceof NullPointerException) {
      return thrown.getClass().getName();
    }
    return thrown.getClass().getName() + ": " + thrown.getMessage();
  }

  private static String shown(Object value, boolean typed) {
    if (value instanceof Map) {
      return map((Map<?, ?>) value, typed);
    }
    if (value instanceof Collection) {
      List<String> items = new ArrayList<>();
      ((Collection<?>) value).forEach(item -> items.add(inside(item, typed)));
      if (value instanceof Set) {
        items.sort(null);
      }
      return items.toString();
    }
    if (value instanceof Date) {
      return "" + ((Date) value).getTime();
    }
    return value != null && value.getClass().isArray() ? array(value, typed) : "" + value;
  }

  private static String map(Map<?, ?> map, boolean typed) {
    TreeMap<String, String> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put(inside(key, typed), inside(value, typed)));
    return sorted.toString();
  }

  private static String array(Object array, boolean typed) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      items.add(inside(Array.get(array, i), typed));
    }
    return items.toString();
  }

  private static String inside(Object value, boolean typed) {
    return typed && !(value instanceof String) ? typed(value) : shown(value, typed);
  }
}
