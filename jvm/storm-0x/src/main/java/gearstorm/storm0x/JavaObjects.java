package gearstorm.storm0x;

import backtype.storm.generated.JavaObject;
import backtype.storm.generated.JavaObjectArg;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Components named by class and constructor arguments. Arguments fit parameters as loosely as
 * Storm's own rule has it: any integer fits any integral parameter, any decimal a float or double.
 */
final class JavaObjects {
  /** Returned for an argument that does not fit a parameter; null is never an argument. */
  private static final Object MISFIT = null;

  private JavaObjects() {}

  /**
   * @throws NoSuchMethodException when no public constructor takes the arguments
   */
  static Object create(final JavaObject description, final ClassLoader loader) throws Exception {
    final Class<?> type = Class.forName(description.get_full_class_name(), true, loader);
    final List<Object> arguments =
        description.get_args_list().stream().map(JavaObjects::value).toList();
    for (final Constructor<?> constructor : type.getConstructors()) {
      final Object[] fitted = fit(arguments, constructor.getParameterTypes());
      if (fitted != null) {
        return call(constructor, fitted);
      }
    }
    throw new NoSuchMethodException(
        type.getName() + " has no public constructor that takes " + arguments);
  }

  private static Object call(final Constructor<?> constructor, final Object[] arguments)
      throws Exception {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException error) {
      if (error.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw error;
    }
  }

  private static Object value(final JavaObjectArg argument) {
    return argument.is_set_binary_arg() ? argument.get_binary_arg() : argument.getFieldValue();
  }

  private static Object[] fit(final List<Object> arguments, final Class<?>[] parameters) {
    if (arguments.size() != parameters.length) {
      return null;
    }
    final Object[] fitted = new Object[parameters.length];
    for (int i = 0; i < fitted.length; i++) {
      fitted[i] = fit(arguments.get(i), parameters[i]);
      if (fitted[i] == MISFIT) {
        return null;
      }
    }
    return fitted;
  }

  private static Object fit(final Object argument, final Class<?> parameter) {
    if (parameter.isInstance(argument)) {
      return argument;
    }
    if (argument instanceof Boolean) {
      return parameter == boolean.class ? argument : MISFIT;
    }
    if (argument instanceof byte[] bytes) {
      return parameter == ByteBuffer.class ? ByteBuffer.wrap(bytes) : MISFIT;
    }
    if (argument instanceof Double decimal) {
      return fitDecimal(decimal, parameter);
    }
    return argument instanceof Number integer ? fitInteger(integer.longValue(), parameter) : MISFIT;
  }

  private static Object fitDecimal(final double decimal, final Class<?> parameter) {
    if (parameter == double.class) {
      return decimal;
    }
    return parameter == float.class || parameter == Float.class ? (Object) (float) decimal : MISFIT;
  }

  private static Object fitInteger(final long integer, final Class<?> parameter) {
    if (parameter == long.class || parameter == Long.class) {
      return integer;
    }
    if (parameter == int.class || parameter == Integer.class) {
      return Math.toIntExact(integer);
    }
    if (parameter == short.class || parameter == Short.class) {
      return (short) integer;
    }
    return parameter == byte.class || parameter == Byte.class ? (Object) (byte) integer : MISFIT;
  }
}
