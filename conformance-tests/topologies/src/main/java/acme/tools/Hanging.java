package acme.tools;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.topology.TopologyBuilder;

/** Submits a spout that cannot be loaded, because that never ends: NAME. */
public final class Hanging {
  private Hanging() {}

  public static void main(String[] args) throws Exception {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("hanging", new HangingSpout(), 1);
    StormSubmitter.submitTopology(args[0], new Config(), builder.createTopology());
  }
}
