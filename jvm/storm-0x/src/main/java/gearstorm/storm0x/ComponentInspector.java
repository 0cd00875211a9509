package gearstorm.storm0x;

import backtype.storm.generated.Bolt;
import backtype.storm.generated.ComponentCommon;
import backtype.storm.generated.GlobalStreamId;
import backtype.storm.generated.Grouping;
import backtype.storm.generated.SpoutSpec;
import backtype.storm.generated.StormTopology;
import backtype.storm.spout.ShellSpout;
import backtype.storm.task.ShellBolt;
import gearstorm.host.spi.ComponentInspection;
import java.io.InvalidClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Loads every component once and puts what goes wrong into words. */
final class ComponentInspector {
  private final StormTopology topology;
  private final DrpcFunctions drpcFunctions = new DrpcFunctions();
  private final Declarations declarations;
  private final ComponentObjects spouts;
  private final ComponentObjects bolts;
  private final ClassLoader loader;
  private final List<String> shellClasses;

  /**
   * @param shellClasses what components that start a subprocess need beside their own classes
   */
  ComponentInspector(
      final StormTopology topology, final ClassLoader loader, final List<String> shellClasses) {
    this.topology = topology;
    this.loader = loader;
    this.shellClasses = shellClasses;
    this.declarations = new Declarations(topology);
    this.spouts = new ComponentObjects(topology, loader, drpcFunctions::look);
    this.bolts = new ComponentObjects(topology, loader);
  }

  List<ComponentInspection> inspect() {
    final List<ComponentInspection> found = new ArrayList<>();
    topology
        .get_spouts()
        .forEach(
            (id, spout) -> {
              if (!NativeParts.is(spout.get_spout_object())) {
                found.add(inspect(id, spout.get_common(), () -> loadSpout(id, spout)));
              }
            });
    topology
        .get_bolts()
        .forEach(
            (id, bolt) -> {
              if (!NativeParts.is(bolt.get_bolt_object())) {
                found.add(inspect(id, bolt.get_common(), () -> loadBolt(id, bolt)));
              }
            });
    return found;
  }

  private Object loadSpout(final String component, final SpoutSpec spout) throws Exception {
    final Object made = spouts.newSpout(component);
    declarations.check(component, made, spout.get_common());
    return made;
  }

  private Object loadBolt(final String component, final Bolt bolt) throws Exception {
    for (final Map.Entry<GlobalStreamId, Grouping> input :
        bolt.get_common().get_inputs().entrySet()) {
      final Grouping grouping = input.getValue();
      if (!NativeParts.is(grouping)
          && (grouping.is_set_custom_serialized() || grouping.is_set_custom_object())) {
        bolts.newGrouping(component, input.getKey());
      }
    }
    final Object made = bolts.newBolt(component);
    declarations.check(component, made, bolt.get_common());
    return made;
  }

  // user code runs here (readObject, static initialisers): whatever it throws is the finding
  private ComponentInspection inspect(
      final String component, final ComponentCommon common, final Load load) {
    try {
      final Object made = load.run();
      if (made instanceof ShellBolt || made instanceof ShellSpout) {
        for (final String needed : shellClasses) {
          Class.forName(needed, false, loader);
        }
      }
      final String className = made.getClass().getName();
      final List<String> command = ShellCommands.of(made);
      final List<String> ids = TransactionalIds.of(made, common);
      return new ComponentInspection(
          component, className, null, drpcFunctions.take(), command, ids);
    } catch (Throwable error) {
      drpcFunctions.take();
      return new ComponentInspection(
          component, null, describe(component, error), List.of(), null, List.of());
    }
  }

  private static String describe(final String component, final Throwable error) {
    final String start = "component " + component;
    if (error instanceof ClassNotFoundException || error instanceof NoClassDefFoundError) {
      return start
          + " needs the class "
          + missingClass(error)
          + ", which is neither in the topology's jar nor in Storm";
    }
    if (error instanceof UnsupportedClassVersionError) {
      return start
          + " was compiled for a newer Java than "
          + Runtime.version().feature()
          + ": "
          + error.getMessage();
    }
    if (error instanceof InvalidClassException) {
      return start + " was serialized with another version of a class: " + error.getMessage();
    }
    return error instanceof Declarations.DifferenceException
        ? start + ": " + error.getMessage()
        : start + " does not load: " + error;
  }

  private static String missingClass(final Throwable error) {
    final String message = String.valueOf(error.getMessage());
    final Throwable cause = error.getCause();
    if (message.startsWith("Could not initialize class") && cause != null) {
      return message.substring(message.lastIndexOf(' ') + 1) + " (" + cause.getMessage() + ")";
    }
    return message.replace('/', '.');
  }

  private interface Load {
    Object run() throws Exception;
  }
}
