package acme.local;

import backtype.storm.Config;
import backtype.storm.LocalCluster;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.topology.TopologyBuilder;
import java.util.Arrays;

/**
 * Runs a main in a JVM that has already run a topology: MAIN [ARGUMENT...]. Mains of storm-starter
 * shut their cluster down after two or three seconds, which real Storm may need to load itself: its
 * cluster then ends before the topology has begun, and a worker that was just starting keeps the
 * JVM alive.
 */
public final class Warm {
  private static final String NAME = "warm-up";

  private Warm() {}

  public static void main(final String[] args) throws Exception {
    runATopology();
    final String[] rest = Arrays.copyOfRange(args, 1, args.length);
    Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
  }

  private static void runATopology() throws Exception {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new TestWordSpout());
    builder.setBolt("counts", new CountingBolt()).shuffleGrouping("words");
    final LocalCluster cluster = new LocalCluster();
    cluster.submitTopology(NAME, new Config(), builder.createTopology());
    SharedCounts.await(NAME, 1);
    cluster.shutdown();
  }
}
