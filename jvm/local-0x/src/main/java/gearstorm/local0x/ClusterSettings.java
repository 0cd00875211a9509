package gearstorm.local0x;

import gearstorm.host.json.JsonText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a cluster in this process is made with.
 *
 * @param slots how many workers it has room for
 * @param conf put over the configuration that Storm's tools read here
 */
public record ClusterSettings(int slots, Map<?, ?> conf) {
  private static final int FIRST_PORT = 1024;
  private static final int USUAL_SLOTS = 6;
  private static final String ZOOKEEPER_SERVERS = "storm.zookeeper.servers";

  /** Storm's: two supervisors of three slots. Message timeouts are on, as in no test of Storm's. */
  public static ClusterSettings usual() {
    return usualWith(Map.of());
  }

  /**
   * As tests of Storm's have it.
   *
   * @param conf their daemons' configuration; null for none
   */
  static ClusterSettings forTests(final int supervisors, final int ports, final Map<?, ?> conf) {
    return new ClusterSettings(supervisors * ports, conf == null ? Map.of() : conf);
  }

  /** The same with more configuration. */
  public static ClusterSettings usualWith(final Map<String, Object> conf) {
    final Map<String, Object> all = new TreeMap<>(conf);
    all.put("topology.enable.message.timeouts", true);
    return new ClusterSettings(USUAL_SLOTS, all);
  }

  /** Whether a ZooKeeper is meant that runs already. */
  boolean namesZooKeeper() {
    return conf.containsKey(ZOOKEEPER_SERVERS);
  }

  /**
   * As {@code key=value} with JSON values; what comes later counts.
   *
   * @param zooKeeperPort of the one in this process; null when there is none
   */
  List<String> lines(final Integer zooKeeperPort) {
    final List<String> lines = new ArrayList<>();
    for (final String option : System.getProperty("storm.options", "").split(",", -1)) {
      if (!option.isEmpty()) {
        lines.add(URLDecoder.decode(option, StandardCharsets.UTF_8));
      }
    }
    // Storm's own for every local cluster
    lines.add("topology.skip.missing.kryo.registrations=true");
    lines.add("topology.enable.message.timeouts=false");
    lines.add("topology.trident.batch.emit.interval.millis=50");
    if (zooKeeperPort != null) {
      lines.add(ZOOKEEPER_SERVERS + "=[\"localhost\"]");
      lines.add("storm.zookeeper.port=" + zooKeeperPort);
    }
    conf.forEach((key, value) -> lines.add(key + "=" + JsonText.write(value)));
    final List<Integer> ports = IntStream.range(FIRST_PORT, FIRST_PORT + slots).boxed().toList();
    lines.add("supervisor.slots.ports=" + ports);
    return lines;
  }
}
