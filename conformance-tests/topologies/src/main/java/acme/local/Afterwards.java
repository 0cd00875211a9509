package acme.local;

import backtype.storm.Config;
import backtype.storm.LocalCluster;
import backtype.storm.LocalDRPC;
import backtype.storm.generated.DRPCExecutionException;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.topology.TopologyBuilder;

/** What a cluster and a DRPC say that were shut down already. */
public final class Afterwards {
  private Afterwards() {}

  public static void main(final String[] args) {
    final LocalDRPC drpc = new LocalDRPC();
    final LocalCluster cluster = new LocalCluster();
    drpc.shutdown();
    cluster.shutdown();
    cluster.shutdown();
    refused(() -> cluster.submitTopology("late", new Config(), words().createTopology()));
    refused(() -> cluster.killTopology("late"));
    try {
      drpc.execute("late", "words");
    } catch (Exception error) {
      System.out.println(((DRPCExecutionException) error).get_msg());
    }
  }

  private static void refused(final Runnable call) {
    try {
      call.run();
    } catch (IllegalStateException error) {
      System.out.println(error.getMessage());
    }
  }

  private static TopologyBuilder words() {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new TestWordSpout());
    return builder;
  }
}
