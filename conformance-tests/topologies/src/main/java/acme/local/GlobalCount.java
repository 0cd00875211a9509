package acme.local;

import java.lang.reflect.Field;
import java.util.Map;

/** Runs storm-starter's TransactionalGlobalCount and prints what it left in its static map. */
public final class GlobalCount {
  private static final String MAIN = "storm.starter.TransactionalGlobalCount";

  private GlobalCount() {}

  public static void main(final String[] args) throws Exception {
    final Class<?> starter = Class.forName(MAIN);
    starter.getMethod("main", String[].class).invoke(null, (Object) args);
    final Map<?, ?> database = (Map<?, ?>) read(starter, "DATABASE", null);
    for (final Object value : database.values()) {
      System.out.println("count " + read(value.getClass(), "count", value));
    }
  }

  private static Object read(final Class<?> type, final String name, final Object owner)
      throws ReflectiveOperationException {
    final Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }
}
