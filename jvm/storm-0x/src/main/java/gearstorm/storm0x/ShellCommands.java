package gearstorm.storm0x;

import backtype.storm.spout.ISpout;
import backtype.storm.spout.ShellSpout;
import backtype.storm.task.IBolt;
import backtype.storm.task.ShellBolt;
import backtype.storm.topology.IComponent;
import backtype.storm.topology.IRichBolt;
import backtype.storm.topology.IRichSpout;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Tells which components do nothing but start a subprocess: Storm's ShellBolt and ShellSpout, and
 * classes of users below them that add what the client has asked for when it submitted (declared
 * streams, the component's configuration) and nothing that runs in a worker.
 */
final class ShellCommands {
  private static final Set<Class<?>> INTERFACES =
      Set.of(
          IBolt.class,
          ISpout.class,
          IRichBolt.class,
          IRichSpout.class,
          IComponent.class,
          Serializable.class);
  private static final Set<String> ASKED_AT_SUBMISSION =
      Set.of("declareOutputFields", "getComponentConfiguration");

  private ShellCommands() {}

  /**
   * @return program and arguments; null for a component that is more than its subprocess
   */
  static List<String> of(final Object component) {
    if (component instanceof ShellBolt) {
      return command(component, ShellBolt.class);
    }
    return component instanceof ShellSpout ? command(component, ShellSpout.class) : null;
  }

  private static List<String> command(final Object component, final Class<?> storms) {
    for (Class<?> type = component.getClass(); type != storms; type = type.getSuperclass()) {
      if (!INTERFACES.containsAll(List.of(type.getInterfaces())) || addsBehaviour(type)) {
        return null;
      }
    }
    return List.of(read(component, storms));
  }

  /** Private methods are nobody's but those that are judged here, as are static ones. */
  private static boolean addsBehaviour(final Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !Modifier.isPrivate(method.getModifiers()))
        .map(Method::getName)
        .anyMatch(name -> !ASKED_AT_SUBMISSION.contains(name));
  }

  private static String[] read(final Object component, final Class<?> storms) {
    try {
      final Field field = storms.getDeclaredField("_command");
      field.setAccessible(true);
      return (String[]) field.get(component);
    } catch (ReflectiveOperationException error) {
      throw new IllegalStateException("Storm's " + storms.getName() + " has no _command", error);
    }
  }
}
