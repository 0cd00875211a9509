package gearstorm.storm0x;

import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which constructor a list of literals means, by the rule of the language in which Storm writes
 * {@code (new Class arguments)}. Clojure knows one integral and one decimal literal, long and
 * double; the only constructor with that many parameters is taken whatever it takes; else an exact
 * match wins, then the narrowest that accepts the literals, then the first that accepts the objects
 * that they stand for.
 */
final class ConstructorChoice {
  private ConstructorChoice() {}

  /**
   * @throws NoSuchMethodException when none fits, or several fit equally well; names all types
   */
  static Constructor<?> of(final Class<?> type, final List<Object> arguments)
      throws NoSuchMethodException {
    final List<Constructor<?>> candidates =
        Stream.<Constructor<?>>of(type.getConstructors())
            .filter(each -> each.getParameterCount() == arguments.size())
            .toList();
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    final Constructor<?> byLiterals = narrowest(type, candidates, arguments);
    if (byLiterals != null) {
      return byLiterals;
    }
    final Class<?>[] objects = types(arguments, Object::getClass);
    return candidates.stream()
        .filter(each -> accepts(each.getParameterTypes(), objects))
        .findFirst()
        .orElseThrow(() -> none(type, arguments, "has no public constructor that takes"));
  }

  /** Null when no constructor accepts the literals. */
  private static Constructor<?> narrowest(
      final Class<?> type, final List<Constructor<?>> candidates, final List<Object> arguments)
      throws NoSuchMethodException {
    final Class<?>[] literals = types(arguments, ConstructorChoice::literal);
    Constructor<?> best = null;
    boolean tied = false;
    for (final Constructor<?> each : candidates) {
      final Class<?>[] parameters = each.getParameterTypes();
      if (Arrays.equals(parameters, literals)) {
        return each;
      }
      if (accepts(parameters, literals)) {
        if (best == null || isNarrower(parameters, best.getParameterTypes())) {
          best = each;
          tied = false;
        } else {
          tied |= !isNarrower(best.getParameterTypes(), parameters);
        }
      }
    }
    if (tied) {
      throw none(type, arguments, "has more than one public constructor that takes");
    }
    return best;
  }

  private static boolean accepts(final Class<?>[] parameters, final Class<?>[] arguments) {
    for (int i = 0; i < parameters.length; i++) {
      if (!accepts(parameters[i], arguments[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean accepts(final Class<?> parameter, final Class<?> argument) {
    if (parameter.isAssignableFrom(argument)) {
      return true;
    }
    if (parameter == int.class) {
      return argument == Integer.class || argument == long.class || argument == Long.class;
    }
    return (parameter == long.class && argument == Long.class)
        || (parameter == double.class && argument == Double.class)
        || (parameter == float.class && argument == double.class)
        || (parameter == boolean.class && argument == Boolean.class)
        || (parameter == ByteBuffer.class && argument == byte[].class);
  }

  private static boolean isNarrower(final Class<?>[] one, final Class<?>[] other) {
    boolean narrower = false;
    for (int i = 0; i < one.length; i++) {
      if (one[i] != other[i]) {
        if (!other[i].isAssignableFrom(one[i])
            && (one[i].isPrimitive() || !other[i].isPrimitive())) {
          return false;
        }
        narrower = true;
      }
    }
    return narrower;
  }

  private static Class<?> literal(final Object argument) {
    if (argument instanceof Integer || argument instanceof Long) {
      return long.class;
    }
    return argument instanceof Double ? double.class : argument.getClass();
  }

  private static Class<?>[] types(
      final List<Object> arguments, final Function<Object, Class<?>> type) {
    return arguments.stream().map(type).toArray(Class<?>[]::new);
  }

  private static NoSuchMethodException none(
      final Class<?> type, final List<Object> arguments, final String what) {
    return new NoSuchMethodException(
        "%s %s %s".formatted(type.getName(), what, describe(arguments)));
  }

  /** The types of arguments as a user knows them, such as {@code (Integer, String)}. */
  static String describe(final List<Object> arguments) {
    final List<String> names =
        arguments.stream().map(each -> each.getClass().getSimpleName()).toList();
    return "(" + String.join(", ", names) + ")";
  }
}
