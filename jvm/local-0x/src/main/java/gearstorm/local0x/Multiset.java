package gearstorm.local0x;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Equality regardless of order, with Clojure's idea of equal values: 1 is 1, of whatever width. */
public final class Multiset {
  private Multiset() {}

  public static boolean equal(final Collection<?> one, final Collection<?> other) {
    return counts(one).equals(counts(other));
  }

  private static Map<Object, Integer> counts(final Collection<?> values) {
    final Map<Object, Integer> counts = new HashMap<>();
    values.forEach(value -> counts.merge(plain(value), 1, Integer::sum));
    return counts;
  }

  private static Object plain(final Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    if (value instanceof Map.Entry<?, ?> entry) {
      return plain(List.of(entry.getKey(), entry.getValue()));
    }
    if (value instanceof Set<?> set) {
      final Set<Object> plain = new HashSet<>();
      set.forEach(each -> plain.add(plain(each)));
      return plain;
    }
    if (value instanceof Map<?, ?> map) {
      final Map<Object, Object> plain = new HashMap<>();
      map.forEach((key, each) -> plain.put(plain(key), plain(each)));
      return plain;
    }
    if (value instanceof Collection<?> collection) {
      final List<Object> plain = new ArrayList<>();
      collection.forEach(each -> plain.add(plain(each)));
      return plain;
    }
    return value;
  }
}
