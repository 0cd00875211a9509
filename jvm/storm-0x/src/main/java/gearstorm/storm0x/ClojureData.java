package gearstorm.storm0x;

import clojure.lang.IPersistentMap;
import clojure.lang.IPersistentVector;
import clojure.lang.ITransientCollection;
import clojure.lang.ITransientMap;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentVector;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Configuration as Storm's daemons hand it to user code: Clojure's immutable maps and vectors. */
final class ClojureData {
  private ClojureData() {}

  /**
   * A configuration that was read as JSON.
   *
   * @param yamlKeys whose values Storm reads as YAML instead: a whole number is an Integer there if
   *     it fits
   */
  static Map<?, ?> config(final Map<String, Object> json, final Set<String> yamlKeys) {
    ITransientMap built = PersistentArrayMap.EMPTY.asTransient();
    for (final Map.Entry<String, Object> entry : json.entrySet()) {
      final boolean yaml = yamlKeys.contains(entry.getKey());
      built = built.assoc(entry.getKey(), value(entry.getValue(), yaml));
    }
    return (Map<?, ?>) built.persistent();
  }

  /** One value in a list. */
  @SuppressWarnings("unchecked") // Clojure's collections name no types
  static List<Object> listOf(final Object value) {
    return PersistentVector.create(value);
  }

  private static IPersistentMap map(final Map<String, Object> map, final boolean yaml) {
    ITransientMap built = PersistentArrayMap.EMPTY.asTransient();
    for (final Map.Entry<String, Object> entry : map.entrySet()) {
      built = built.assoc(entry.getKey(), value(entry.getValue(), yaml));
    }
    return built.persistent();
  }

  private static IPersistentVector vector(final List<?> list, final boolean yaml) {
    ITransientCollection built = PersistentVector.EMPTY.asTransient();
    for (final Object element : list) {
      built = built.conj(value(element, yaml));
    }
    return (IPersistentVector) built.persistent();
  }

  @SuppressWarnings("unchecked")
  private static Object value(final Object value, final boolean yaml) {
    if (value instanceof Map) {
      return map((Map<String, Object>) value, yaml);
    }
    if (value instanceof List<?> list) {
      return vector(list, yaml);
    }
    return yaml && value instanceof Long whole && whole.intValue() == whole
        ? (Object) whole.intValue()
        : value;
  }
}
