package acme.tools;

import backtype.storm.StormSubmitter;
import backtype.storm.generated.Nimbus;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.utils.NimbusClient;
import backtype.storm.utils.Utils;
import java.util.Map;

/** Submits by bare calls, past the checks of StormSubmitter: NAME CONF, where CONF is any text. */
public final class RawSubmit {
  private RawSubmit() {}

  public static void main(String[] args) throws Exception {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new TestWordSpout(), 1);
    Map conf = Utils.readStormConfig();
    String jar = StormSubmitter.submitJar(conf, System.getProperty("storm.jar"));
    NimbusClient connection = NimbusClient.getConfiguredClient(conf);
    try {
      Nimbus.Client nimbus = connection.getClient();
      nimbus.submitTopology(args[0], jar, args[1], builder.createTopology());
    } finally {
      connection.close();
    }
  }
}
