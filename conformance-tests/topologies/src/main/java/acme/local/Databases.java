package acme.local;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs a main of storm-starter and prints what its transactional topology left in the static maps
 * that stand for its databases: MAIN.
 */
public final class Databases {
  private static final String NAME = "DATABASE";

  private Databases() {}

  public static void main(final String[] args) throws Exception {
    final Class<?> starter = Class.forName(args[0]);
    starter.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    for (final Field field : starter.getDeclaredFields()) {
      if (field.getName().endsWith(NAME)) print(field);
    }
  }

  private static void print(final Field field) throws ReflectiveOperationException {
    final Map<?, ?> database = (Map<?, ?>) field.get(null);
    for (final Map.Entry<?, ?> entry : new TreeMap<>(database).entrySet()) {
      final Field count = entry.getValue().getClass().getDeclaredField("count");
      count.setAccessible(true);
      System.out.println(
          field.getName() + " " + entry.getKey() + " " + count.get(entry.getValue()));
    }
  }
}
