package gearstorm.storm0x;

import backtype.storm.generated.ComponentObject;
import backtype.storm.generated.Grouping;
import backtype.storm.generated.StormTopology;
import java.util.stream.Stream;

/** Parts of a topology that are no Java: a class name that no class can have stands for them. */
final class NativeParts {
  private static final String CLASS_NAME = "gearstorm:native";

  private NativeParts() {}

  static boolean is(final ComponentObject object) {
    return object.is_set_java_object()
        && object.get_java_object().get_full_class_name().equals(CLASS_NAME);
  }

  static boolean is(final Grouping grouping) {
    return grouping.is_set_custom_object()
        && grouping.get_custom_object().get_full_class_name().equals(CLASS_NAME);
  }

  /** Whether the topology has a component that is no Java. */
  static boolean in(final StormTopology topology) {
    return Stream.concat(
            topology.get_spouts().values().stream().map(spout -> spout.get_spout_object()),
            topology.get_bolts().values().stream().map(bolt -> bolt.get_bolt_object()))
        .anyMatch(NativeParts::is);
  }
}
