package gearstorm.storm0x;

import java.lang.reflect.Constructor;

/** Makes objects whose inherited constructors must not run, as deserialization does. */
final class Unconstructed {
  private Unconstructed() {}

  /**
   * What makes objects of the type with all fields empty; null where that cannot be done. What
   * deserialization uses is found by name, because the compiler warns of it.
   */
  @SuppressWarnings("unchecked") // it makes objects of the type that it is asked for
  static <T> Constructor<T> constructorOf(final Class<T> type) {
    try {
      final Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
      final Object made = factory.getMethod("getReflectionFactory").invoke(null);
      return (Constructor<T>)
          factory
              .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
              .invoke(made, type, Object.class.getConstructor());
    } catch (ReflectiveOperationException absent) {
      return null;
    }
  }
}
