package gearstorm.storm0x;

import backtype.storm.generated.JavaObject;
import backtype.storm.generated.JavaObjectArg;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.util.List;

/** Components and groupings named by a class and the arguments of its constructor. */
final class JavaObjects {
  private JavaObjects() {}

  /**
   * Makes a new object.
   *
   * @throws NoSuchMethodException when no public constructor takes the arguments
   * @throws ClassCastException when the one with so many parameters takes other types
   * @throws IllegalArgumentException when a number is too large for its parameter
   * @throws Exception as the constructor does
   */
  static Object create(final JavaObject description, final ClassLoader loader) throws Exception {
    final Class<?> type = Class.forName(description.get_full_class_name(), true, loader);
    final List<Object> arguments =
        description.get_args_list().stream().map(JavaObjects::value).toList();
    final Constructor<?> constructor = ConstructorChoice.of(type, arguments);
    final Class<?>[] parameters = constructor.getParameterTypes();
    final Object[] fitted = new Object[parameters.length];
    for (int i = 0; i < fitted.length; i++) {
      fitted[i] = fit(arguments.get(i), parameters[i]);
      if (fitted[i] == null) {
        throw new ClassCastException(
            "%s takes a %s as parameter %d, but its arguments are %s"
                .formatted(
                    type.getName(),
                    parameters[i].getSimpleName(),
                    i + 1,
                    ConstructorChoice.describe(arguments)));
      }
    }
    return call(constructor, fitted);
  }

  private static Object call(final Constructor<?> constructor, final Object[] arguments)
      throws Exception {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException error) {
      if (error.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw (Error) error.getCause();
    }
  }

  private static Object value(final JavaObjectArg argument) {
    return argument.is_set_binary_arg() ? argument.get_binary_arg() : argument.getFieldValue();
  }

  /** The argument as the parameter takes it; null when it does not. Arguments are never null. */
  private static Object fit(final Object argument, final Class<?> parameter) {
    if (parameter.isInstance(argument)) {
      return argument;
    }
    if (argument instanceof byte[] bytes && parameter == ByteBuffer.class) {
      return ByteBuffer.wrap(bytes);
    }
    if (parameter == boolean.class && argument instanceof Boolean) {
      return argument;
    }
    return parameter.isPrimitive() && argument instanceof Number number
        ? fitNumber(number, parameter)
        : null;
  }

  /** A decimal loses its fraction in an integral parameter; a number never its magnitude. */
  private static Object fitNumber(final Number number, final Class<?> parameter) {
    if (parameter == double.class) {
      return number.doubleValue();
    }
    if (parameter == float.class) {
      return number.floatValue();
    }
    if (parameter == long.class) {
      return number.longValue();
    }
    if (parameter == int.class) {
      return (int) within(number, Integer.MIN_VALUE, Integer.MAX_VALUE, parameter);
    }
    if (parameter == short.class) {
      return (short) within(number, Short.MIN_VALUE, Short.MAX_VALUE, parameter);
    }
    return parameter == byte.class
        ? (Object) (byte) within(number, Byte.MIN_VALUE, Byte.MAX_VALUE, parameter)
        : null;
  }

  private static long within(
      final Number number, final long least, final long most, final Class<?> parameter) {
    final long value = number.longValue();
    if (value < least || value > most) {
      throw new IllegalArgumentException(number + " is too large for the type " + parameter);
    }
    return value;
  }
}
