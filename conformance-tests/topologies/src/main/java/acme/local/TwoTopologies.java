package acme.local;

import backtype.storm.Config;
import backtype.storm.ILocalCluster;
import backtype.storm.LocalCluster;
import backtype.storm.generated.AlreadyAliveException;
import backtype.storm.generated.KillOptions;
import backtype.storm.generated.NotAliveException;
import backtype.storm.generated.RebalanceOptions;
import backtype.storm.generated.SubmitOptions;
import backtype.storm.generated.TopologyInitialStatus;
import backtype.storm.generated.TopologySummary;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;
import java.util.Map;
import java.util.TreeMap;

/** Leads two topologies through their lives, several workers each; prints what it saw. */
public final class TwoTopologies {
  private TwoTopologies() {}

  public static void main(final String[] args) throws Exception {
    final ILocalCluster cluster = new LocalCluster();
    submit(cluster, "one", TopologyInitialStatus.ACTIVE);
    submit(cluster, "two", TopologyInitialStatus.INACTIVE);
    System.out.println("alive " + status(cluster));
    cluster.activate("two");
    try {
      submit(cluster, "one", TopologyInitialStatus.ACTIVE);
    } catch (AlreadyAliveException refused) {
      System.out.println("refused the second one");
    }
    SharedCounts.await("one", 20);
    SharedCounts.await("two", 20);
    System.out.println("workers " + SharedCounts.workers("one"));
    cluster.deactivate("two");
    System.out.println("deactivated " + status(cluster));
    cluster.activate("two");
    rebalance(cluster);
    SharedCounts.await("two", 20);
    final String id = cluster.getClusterInfo().get_topologies().get(0).get_id();
    System.out.println("info " + cluster.getTopologyInfo(id).get_id().equals(id));
    System.out.println("spouts " + cluster.getTopology(id).get_spouts().keySet());
    System.out.println("mode " + cluster.getTopologyConf(id).contains("\"acme.key\":7"));
    kill(cluster, "one");
    try {
      cluster.killTopology("three");
    } catch (NotAliveException unknown) {
      System.out.println("there is no three");
    }
    System.out.println("alive " + status(cluster));
    cluster.shutdown();
    System.out.println("cleaned up " + SharedCounts.cleanedUp("two"));
  }

  private static void submit(
      final ILocalCluster cluster, final String name, final TopologyInitialStatus status)
      throws Exception {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new TestWordSpout(), 2);
    builder.setBolt("counts", new CountingBolt(), 2).fieldsGrouping("words", new Fields("word"));
    final Config conf = new Config();
    conf.setNumWorkers(2);
    conf.put("acme.key", 7);
    final SubmitOptions options = new SubmitOptions(status);
    cluster.submitTopologyWithOpts(name, conf, builder.createTopology(), options);
  }

  private static void rebalance(final ILocalCluster cluster) throws Exception {
    final RebalanceOptions options = new RebalanceOptions();
    options.set_wait_secs(0);
    options.set_num_workers(1);
    cluster.rebalance("two", options);
    while (!"ACTIVE".equals(status(cluster).get("two"))) {
      Thread.sleep(50);
    }
    SharedCounts.forget("two");
  }

  private static void kill(final ILocalCluster cluster, final String name) throws Exception {
    final KillOptions options = new KillOptions();
    options.set_wait_secs(0);
    cluster.killTopologyWithOpts(name, options);
    while (status(cluster).containsKey(name)) {
      Thread.sleep(50);
    }
  }

  private static Map<String, String> status(final ILocalCluster cluster) {
    final Map<String, String> status = new TreeMap<>();
    for (final TopologySummary each : cluster.getClusterInfo().get_topologies()) {
      status.put(each.get_name(), each.get_status());
    }
    return status;
  }
}
