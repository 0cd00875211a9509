import backtype.storm.utils.NimbusClient;
import backtype.storm.utils.Utils;

/** Prints what Nimbus tells of a topology's configuration; run with the client of any Storm up to 0.10. */
final class TopologyConf {
  private TopologyConf() {}

  public static void main(String[] args) throws Exception {
    NimbusClient nimbus = NimbusClient.getConfiguredClient(Utils.readStormConfig());
    String id = nimbus.getClient().getClusterInfo().get_topologies().get(0).get_id();
    System.out.println(nimbus.getClient().getTopologyConf(id));
    nimbus.close();
  }
}
