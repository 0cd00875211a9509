package gearstorm.storm0x;

import clojure.lang.IPersistentVector;
import clojure.lang.ITransientCollection;
import clojure.lang.ITransientMap;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentVector;
import java.util.List;
import java.util.Map;

/** Configuration as Storm's daemons hand it to user code: Clojure's immutable maps and vectors. */
final class ClojureData {
  private ClojureData() {}

  static Map<?, ?> map(final Map<String, Object> map) {
    ITransientMap built = PersistentArrayMap.EMPTY.asTransient();
    for (final Map.Entry<String, Object> entry : map.entrySet()) {
      built = built.assoc(entry.getKey(), value(entry.getValue()));
    }
    return (Map<?, ?>) built.persistent();
  }

  private static IPersistentVector vector(final List<?> list) {
    ITransientCollection built = PersistentVector.EMPTY.asTransient();
    for (final Object element : list) {
      built = built.conj(value(element));
    }
    return (IPersistentVector) built.persistent();
  }

  @SuppressWarnings("unchecked")
  private static Object value(final Object value) {
    if (value instanceof Map) {
      return map((Map<String, Object>) value);
    }
    return value instanceof List<?> list ? vector(list) : value;
  }
}
