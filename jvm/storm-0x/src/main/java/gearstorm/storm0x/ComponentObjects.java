package gearstorm.storm0x;

import backtype.storm.generated.ComponentCommon;
import backtype.storm.generated.ComponentObject;
import backtype.storm.generated.GlobalStreamId;
import backtype.storm.generated.Grouping;
import backtype.storm.generated.StormTopology;
import backtype.storm.grouping.CustomStreamGrouping;
import backtype.storm.spout.ISpout;
import backtype.storm.spout.ShellSpout;
import backtype.storm.task.IBolt;
import backtype.storm.task.ShellBolt;
import backtype.storm.topology.BasicBoltExecutor;
import backtype.storm.topology.IBasicBolt;
import java.util.function.Consumer;

/**
 * Makes user objects from a topology: a new one at each call, as each of Storm's tasks has its own.
 */
final class ComponentObjects {
  private final StormTopology topology;
  private final ClassLoader loader;
  private final Consumer<Object> onPart;

  ComponentObjects(final StormTopology topology, final ClassLoader loader) {
    this(topology, loader, part -> {});
  }

  /**
   * @param onPart hears of the objects that components are made of
   */
  ComponentObjects(
      final StormTopology topology, final ClassLoader loader, final Consumer<Object> onPart) {
    this.topology = topology;
    this.loader = loader;
    this.onPart = onPart;
  }

  ISpout newSpout(final String component) throws Exception {
    final ComponentObject object = topology.get_spouts().get(component).get_spout_object();
    if (object.is_set_shell()) {
      return new ShellSpout(object.get_shell());
    }
    final Object made = javaObject(object);
    if (made instanceof ISpout spout) {
      return spout;
    }
    throw notA(component, "spout", made);
  }

  IBolt newBolt(final String component) throws Exception {
    final ComponentObject object = topology.get_bolts().get(component).get_bolt_object();
    if (object.is_set_shell()) {
      return new ShellBolt(object.get_shell());
    }
    final Object made = javaObject(object);
    if (made instanceof IBolt bolt) {
      return bolt;
    }
    if (made instanceof IBasicBolt bolt) {
      return new BasicBoltExecutor(bolt);
    }
    throw notA(component, "bolt", made);
  }

  /**
   * @throws IllegalArgumentException when the subscription has no custom grouping
   */
  CustomStreamGrouping newGrouping(final String target, final GlobalStreamId source)
      throws Exception {
    final Grouping grouping = inputsOf(target).get_inputs().get(source);
    if (grouping != null && grouping.is_set_custom_serialized()) {
      final byte[] serialized = grouping.get_custom_serialized();
      return grouping(target, SerializedComponents.read(serialized, loader));
    }
    if (grouping != null && grouping.is_set_custom_object()) {
      return grouping(target, JavaObjects.create(grouping.get_custom_object(), loader));
    }
    throw new IllegalArgumentException(
        target + " has no custom grouping of " + source.get_componentId());
  }

  private static CustomStreamGrouping grouping(final String target, final Object made) {
    if (made instanceof CustomStreamGrouping grouping) {
      return grouping;
    }
    throw notA("the custom grouping to " + target, "CustomStreamGrouping", made);
  }

  private ComponentCommon inputsOf(final String target) {
    return topology.get_bolts().get(target).get_common();
  }

  private Object javaObject(final ComponentObject object) throws Exception {
    if (!object.is_set_java_object()) {
      return SerializedComponents.read(object.get_serialized_java(), loader, onPart);
    }
    final Object made = JavaObjects.create(object.get_java_object(), loader);
    onPart.accept(made);
    return made;
  }

  private static ClassCastException notA(
      final String component, final String kind, final Object made) {
    final String name = made.getClass().getName();
    return new ClassCastException(component + " is a " + name + ", which is no " + kind);
  }
}
