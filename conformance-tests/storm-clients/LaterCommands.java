import java.util.HashMap;
import java.util.Map;
import org.apache.storm.StormSubmitter;
import org.apache.storm.generated.Nimbus;
import org.apache.storm.generated.RebalanceOptions;
import org.apache.storm.utils.NimbusClient;
import org.apache.storm.utils.Utils;

/**
 * Asks Nimbus for what the commands {@code rebalance} and {@code upload-credentials} of Storm 2.8.3
 * ask it for, with its client's classes. Words: the command, a topology, and of the first one
 * settings as JSON and a component whose resources are to change, of the second one a key, its
 * value and the topology's owner; an empty word stands for none.
 */
public final class LaterCommands {
  public static void main(String[] words) throws Exception {
    if (words[0].equals("rebalance")) rebalance(words[1], words[2], words[3]);
    else uploadCredentials(words[1], Map.of(words[2], words[3]), words[4]);
  }

  private static void rebalance(String name, String json, String component) throws Exception {
    RebalanceOptions options = new RebalanceOptions();
    options.set_wait_secs(0);
    if (!component.isEmpty()) {
      options.put_to_topology_resources_overrides(component, Map.of("cpu.pcore.percent", 5.0));
    }
    if (!json.isEmpty()) {
      options.set_topology_conf_overrides(json);
    }
    NimbusClient.withConfiguredClient(nimbus -> nimbus.rebalance(name, options));
  }

  private static void uploadCredentials(String name, Map<String, String> credentials, String owner)
      throws Exception {
    Map<String, Object> conf;
    try (NimbusClient connection = NimbusClient.Builder.withConf(new HashMap<>()).build()) {
      Nimbus.Iface nimbus = connection.getClient();
      String id = nimbus.getTopologySummaryByName(name).get_id();
      conf = Utils.parseJson(nimbus.getTopologyConf(id));
    }
    String expected = owner.isEmpty() ? null : owner;
    System.out.println(StormSubmitter.pushCredentials(name, conf, credentials, expected));
  }
}
