package gearstorm.storm0x;

import java.lang.reflect.Field;

/** Fields of Storm's own classes that it gives no other access to. */
final class PrivateFields {
  private PrivateFields() {}

  /**
   * @throws IllegalStateException when the object's class, of another release, has no such field
   */
  static <T> T read(final Object object, final String name, final Class<T> type) {
    try {
      return type.cast(field(object, name).get(object));
    } catch (ReflectiveOperationException missing) {
      throw unknown(object, name, missing);
    }
  }

  /**
   * @throws IllegalStateException when the object's class, of another release, has no such field
   */
  static void write(final Object object, final String name, final Object value) {
    try {
      field(object, name).set(object, value);
    } catch (ReflectiveOperationException missing) {
      throw unknown(object, name, missing);
    }
  }

  private static Field field(final Object object, final String name) throws NoSuchFieldException {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (final Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new NoSuchFieldException(name);
  }

  private static IllegalStateException unknown(
      final Object object, final String name, final Exception cause) {
    return new IllegalStateException(object.getClass() + " of this release has no " + name, cause);
  }
}
