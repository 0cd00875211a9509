package gearstorm.storm0x;

import backtype.storm.Config;
import backtype.storm.Constants;
import backtype.storm.metric.MetricsConsumerBolt;
import backtype.storm.metric.SystemBolt;
import backtype.storm.task.IBolt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Storm's own components that run here: the registered metrics consumers and {@code __system}. */
final class MetricsConsumers {
  private final Map<String, Map<?, ?>> registrations = new HashMap<>();

  /**
   * @param conf the topology's; the components are named as Storm names them, {@code #2} and so on
   *     for a class that is registered again
   */
  MetricsConsumers(final Map<?, ?> conf) {
    if (conf.get(Config.TOPOLOGY_METRICS_CONSUMER_REGISTER) instanceof List<?> entries) {
      entries.forEach(entry -> add((Map<?, ?>) entry));
    }
  }

  private void add(final Map<?, ?> registration) {
    final String name = Constants.METRICS_COMPONENT_ID_PREFIX + registration.get("class");
    String id = name;
    for (int occurrence = 2; registrations.containsKey(id); occurrence++) {
      id = name + "#" + occurrence;
    }
    registrations.put(id, registration);
  }

  /** A new instance of one of Storm's components; null when the component is the user's. */
  IBolt newBolt(final String component) {
    if (component.equals(Constants.SYSTEM_COMPONENT_ID)) {
      return new SystemBolt();
    }
    final Map<?, ?> registration = registrations.get(component);
    return registration == null
        ? null
        : new MetricsConsumerBolt((String) registration.get("class"), registration.get("argument"));
  }
}
