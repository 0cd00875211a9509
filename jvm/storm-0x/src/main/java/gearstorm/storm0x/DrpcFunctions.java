package gearstorm.storm0x;

import backtype.storm.drpc.DRPCSpout;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Finds the DRPC functions that a spout serves among the objects it is made of: Storm's DRPC spout
 * keeps its function's name, whether it is the component itself, wrapped by Trident, or wrapped by
 * user code. Bolts are not looked at: Trident's drag along the spouts that they came from.
 */
final class DrpcFunctions {
  private final List<String> found = new ArrayList<>();

  /** Looks at one object of the spout; called for each of them. */
  void look(final Object part) {
    if (part instanceof DRPCSpout spout && read(spout, "_local_drpc_id") == null) {
      final String function = Objects.toString(read(spout, "_function"), "");
      if (!found.contains(function)) {
        found.add(function);
      }
    }
  }

  /** What was found since the last call. */
  List<String> take() {
    final List<String> functions = List.copyOf(found);
    found.clear();
    return functions;
  }

  private static Object read(final DRPCSpout spout, final String name) {
    try {
      final Field field = DRPCSpout.class.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(spout);
    } catch (ReflectiveOperationException error) {
      throw new IllegalStateException("Storm's DRPCSpout has no field " + name, error);
    }
  }
}
