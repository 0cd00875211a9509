package gearstorm.storm0x;

import backtype.storm.generated.ComponentCommon;
import backtype.storm.generated.StormTopology;
import backtype.storm.generated.StreamInfo;
import backtype.storm.topology.IComponent;
import backtype.storm.topology.OutputFieldsGetter;
import gearstorm.host.json.JsonText;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds what a program in another language says of a Java component against what the component says
 * itself. Storm's TopologyBuilder asks the component; such a program cannot, and a difference would
 * show as fields that are not there. What Java programs submit is not checked, as in Storm.
 */
final class Declarations {
  private final boolean checked;

  /** The program and the class do not agree. */
  static final class DifferenceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DifferenceException(final String message) {
      super(message);
    }
  }

  Declarations(final StormTopology topology) {
    checked = NativeParts.in(topology);
  }

  /**
   * @throws DifferenceException that says what differs
   */
  void check(final String component, final Object made, final ComponentCommon said) {
    if (!checked || !(made instanceof IComponent own)) {
      return;
    }
    final OutputFieldsGetter getter = new OutputFieldsGetter();
    own.declareOutputFields(getter);
    final String declared = text(getter.getFieldsDeclaration());
    final String given = text(said.get_streams());
    if (!declared.equals(given)) {
      throw new DifferenceException(
          "its class declares the streams %s, the program %s".formatted(declared, given));
    }
    checkConfig(own.getComponentConfiguration(), said);
  }

  private static void checkConfig(final Map<String, Object> own, final ComponentCommon said) {
    if (own == null || own.isEmpty()) {
      return;
    }
    final Set<String> given =
        said.is_set_json_conf() ? JsonText.object(said.get_json_conf()).keySet() : Set.of();
    own.forEach(
        (key, value) -> {
          if (!given.contains(key)) {
            throw new DifferenceException(
                "its class wants %s to be %s: give it that configuration".formatted(key, value));
          }
        });
  }

  private static String text(final Map<String, StreamInfo> streams) {
    final Map<String, Object> fields = new TreeMap<>();
    streams.forEach((id, stream) -> fields.put(id, stream.get_output_fields()));
    return fields.toString();
  }
}
