package carbonite;

import clojure.lang.IPersistentMap;
import clojure.lang.MapEntry;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentList;
import clojure.lang.PersistentTreeMap;
import clojure.lang.PersistentTreeSet;
import clojure.lang.PersistentVector;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Persistent collections: a count, then the elements with their classes. */
final class CollectionSerializers {
  private CollectionSerializers() {}

  private static void writeElements(
      final Kryo kryo, final Output output, final Collection<?> elements) {
    output.writeInt(elements.size(), true);
    for (final Object element : elements) {
      kryo.writeClassAndObject(output, element);
    }
  }

  private static List<Object> readElements(final Kryo kryo, final Input input) {
    final int count = input.readInt(true);
    final List<Object> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(kryo.readClassAndObject(input));
    }
    return elements;
  }

  private static void writeEntries(final Kryo kryo, final Output output, final Map<?, ?> map) {
    output.writeInt(map.size(), true);
    for (final Map.Entry<?, ?> entry : map.entrySet()) {
      kryo.writeClassAndObject(output, entry.getKey());
      kryo.writeClassAndObject(output, entry.getValue());
    }
  }

  private static IPersistentMap readEntries(
      final Kryo kryo, final Input input, final IPersistentMap empty) {
    final int count = input.readInt(true);
    IPersistentMap map = empty;
    for (int i = 0; i < count; i++) {
      map = map.assoc(kryo.readClassAndObject(input), kryo.readClassAndObject(input));
    }
    return map;
  }

  @SuppressWarnings("unchecked")
  private static Comparator<Object> readComparator(final Kryo kryo, final Input input) {
    return (Comparator<Object>) kryo.readClassAndObject(input);
  }

  static final class OfVector extends Serializer<PersistentVector> {
    @Override
    public void write(final Kryo kryo, final Output output, final PersistentVector value) {
      writeElements(kryo, output, value);
    }

    @Override
    public PersistentVector read(
        final Kryo kryo, final Input input, final Class<PersistentVector> type) {
      return PersistentVector.create(readElements(kryo, input));
    }
  }

  static final class OfMapEntry extends Serializer<MapEntry> {
    @Override
    public void write(final Kryo kryo, final Output output, final MapEntry value) {
      kryo.writeClassAndObject(output, value.key());
      kryo.writeClassAndObject(output, value.val());
    }

    @Override
    public MapEntry read(final Kryo kryo, final Input input, final Class<MapEntry> type) {
      return new MapEntry(kryo.readClassAndObject(input), kryo.readClassAndObject(input));
    }
  }

  /** Array maps grow into hash maps on their own. */
  static final class OfMap extends Serializer<Object> {
    @Override
    public void write(final Kryo kryo, final Output output, final Object value) {
      writeEntries(kryo, output, (Map<?, ?>) value);
    }

    @Override
    public Object read(final Kryo kryo, final Input input, final Class<Object> type) {
      return readEntries(kryo, input, PersistentArrayMap.EMPTY);
    }
  }

  static final class OfSortedMap extends Serializer<PersistentTreeMap> {
    @Override
    public void write(final Kryo kryo, final Output output, final PersistentTreeMap value) {
      kryo.writeClassAndObject(output, value.comparator());
      writeEntries(kryo, output, value);
    }

    @Override
    public PersistentTreeMap read(
        final Kryo kryo, final Input input, final Class<PersistentTreeMap> type) {
      final PersistentTreeMap empty = new PersistentTreeMap(null, readComparator(kryo, input));
      return (PersistentTreeMap) readEntries(kryo, input, empty);
    }
  }

  static final class OfSet extends Serializer<PersistentHashSet> {
    @Override
    public void write(final Kryo kryo, final Output output, final PersistentHashSet value) {
      writeElements(kryo, output, value);
    }

    @Override
    public PersistentHashSet read(
        final Kryo kryo, final Input input, final Class<PersistentHashSet> type) {
      return PersistentHashSet.create(readElements(kryo, input));
    }
  }

  static final class OfSortedSet extends Serializer<PersistentTreeSet> {
    @Override
    public void write(final Kryo kryo, final Output output, final PersistentTreeSet value) {
      kryo.writeClassAndObject(output, value.comparator());
      writeElements(kryo, output, value);
    }

    @Override
    public PersistentTreeSet read(
        final Kryo kryo, final Input input, final Class<PersistentTreeSet> type) {
      final Comparator<Object> comparator = readComparator(kryo, input);
      final List<Object> elements = readElements(kryo, input);
      return PersistentTreeSet.create(comparator, PersistentList.create(elements).seq());
    }
  }

  /** Whatever sequence it was, it arrives as a list of the same elements. */
  static final class OfSequence extends Serializer<Object> {
    @Override
    public void write(final Kryo kryo, final Output output, final Object value) {
      writeElements(kryo, output, (Collection<?>) value);
    }

    @Override
    public Object read(final Kryo kryo, final Input input, final Class<Object> type) {
      return PersistentList.create(readElements(kryo, input));
    }
  }
}
