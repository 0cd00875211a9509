package gearstorm.host.executor;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;

/**
 * Estimates what the values of a tuple hold. Text and arrays are measured, collections by their
 * first elements, objects of other classes by their fields, a few levels deep. It may call user
 * code (a collection of the user's), so never under a lock.
 *
 * <p>Objects are looked into only now and then while they prove small; any thread may find out that
 * they are not, and whether another sees that at once does not matter.
 */
final class SizeEstimate {
  private static final int DEPTH_MAX = 4;
  private static final int ELEMENTS_SAMPLED = 4;
  private static final int SMALL_OBJECTS_SKIPPED = 15;
  private static final int REFERENCE_BYTES = 8;
  private static final int BYTES_PER_KIB = 1024;

  /** A tuple's weight is two bytes wide. */
  private static final int KIB_MAX = Character.MAX_VALUE;

  private final ClassValue<Measure> measures =
      new ClassValue<>() {
        @Override
        protected Measure computeValue(final Class<?> type) {
          return measureOf(type);
        }
      };

  /** Small objects that go by without a look. */
  private int skip;

  /** How large one value of a class is, in bytes. */
  @FunctionalInterface
  private interface Measure {
    Measure NOTHING = (value, depth) -> 0;

    long of(Object value, int depth) throws ReflectiveOperationException;
  }

  /** In KiB, 65,535 at most; 0 when it is below one. */
  int kibibytes(final List<Object> values) {
    if (values == null) {
      return 0;
    }
    long bytes = 0;
    for (int index = 0; index < values.size(); index++) {
      final Object value = values.get(index);
      if (value instanceof String text) {
        bytes += text.length();
      } else if (value instanceof byte[] array) {
        bytes += array.length;
      } else if (value != null && !(value instanceof Number) && !(value instanceof Boolean)) {
        bytes += bytesNowAndThen(value);
      }
    }
    return (int) Math.min(KIB_MAX, bytes / BYTES_PER_KIB);
  }

  private long bytesNowAndThen(final Object value) {
    if (skip > 0) {
      skip--;
      return 0;
    }
    final long bytes = bytes(value, 0);
    skip = bytes < BYTES_PER_KIB ? SMALL_OBJECTS_SKIPPED : 0;
    return bytes;
  }

  private long bytes(final Object value, final int depth) {
    if (value == null || depth > DEPTH_MAX) {
      return 0;
    }
    try {
      return measures.get(value.getClass()).of(value, depth);
    } catch (RuntimeException | ReflectiveOperationException | LinkageError unknown) {
      // A collection that another thread changes, or a class that does not let itself be read.
      return 0;
    }
  }

  private Measure measureOf(final Class<?> type) {
    if (type.isArray()) {
      return type.getComponentType().isPrimitive() ? primitives(type) : this::ofArray;
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return (value, depth) -> ((CharSequence) value).length();
    }
    if (Buffer.class.isAssignableFrom(type)) {
      return (value, depth) -> ((Buffer) value).capacity();
    }
    if (countsSlowly(type)) {
      return Measure.NOTHING;
    }
    if (Collection.class.isAssignableFrom(type)) {
      return this::ofCollection;
    }
    if (Map.class.isAssignableFrom(type)) {
      return this::ofMap;
    }
    return type.getClassLoader() == null || type.isEnum() ? Measure.NOTHING : fields(type);
  }

  private static Measure primitives(final Class<?> type) {
    final int width = widthOf(type.getComponentType());
    return (value, depth) -> (long) Array.getLength(value) * width;
  }

  private static int widthOf(final Class<?> primitive) {
    if (primitive == long.class || primitive == double.class) {
      return Long.BYTES;
    }
    if (primitive == int.class || primitive == float.class) {
      return Integer.BYTES;
    }
    return primitive == char.class || primitive == short.class ? Short.BYTES : Byte.BYTES;
  }

  private long ofArray(final Object value, final int depth) {
    final Object[] array = (Object[]) value;
    return sampled(Arrays.asList(array).iterator(), array.length, depth);
  }

  private long ofCollection(final Object value, final int depth) {
    final Collection<?> elements = (Collection<?>) value;
    return sampled(elements.iterator(), elements.size(), depth);
  }

  private long ofMap(final Object value, final int depth) {
    final Map<?, ?> map = (Map<?, ?>) value;
    return ofCollection(map.keySet(), depth) + ofCollection(map.values(), depth);
  }

  /** As many bytes as if all elements were like the first few, and a reference for each. */
  private long sampled(final Iterator<?> elements, final long size, final int depth) {
    long bytes = 0;
    int looked = 0;
    while (looked < ELEMENTS_SAMPLED && elements.hasNext()) {
      bytes += bytes(elements.next(), depth + 1);
      looked++;
    }
    return looked == 0 ? 0 : size * (bytes / looked + REFERENCE_BYTES);
  }

  /** Everything that an object of a class of the topology's refers to itself. */
  private Measure fields(final Class<?> type) {
    final List<Field> fields = new ArrayList<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (final Field field : each.getDeclaredFields()) {
        final boolean refers = !field.getType().isPrimitive();
        if (refers && !Modifier.isStatic(field.getModifiers()) && field.trySetAccessible()) {
          fields.add(field);
        }
      }
    }
    return (value, depth) -> {
      long bytes = 0;
      for (final Field field : fields) {
        bytes += bytes(field.get(value), depth + 1);
      }
      return bytes;
    };
  }

  /**
   * Whether the size may be found only by walking through it all: so in a lock-free queue, and in
   * what makes its elements when they are asked for, as the sequences of Clojure do, which need not
   * end. Of collections that are not Java's, sets and those with an index are taken to know theirs;
   * the others weigh nothing.
   */
  private static boolean countsSlowly(final Class<?> type) {
    if (type.getClassLoader() != null) {
      return Collection.class.isAssignableFrom(type)
          && !RandomAccess.class.isAssignableFrom(type)
          && !Set.class.isAssignableFrom(type);
    }
    return type.getName().startsWith("java.util.concurrent.ConcurrentLinked")
        || type.getName().startsWith("java.util.concurrent.ConcurrentSkipList");
  }
}
