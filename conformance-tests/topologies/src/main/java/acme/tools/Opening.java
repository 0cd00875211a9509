package acme.tools;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.topology.TopologyBuilder;

/** Submits a spout that tells who deserialized it: NAME FILE. */
public final class Opening {
  private Opening() {}

  public static void main(String[] args) throws Exception {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("opening", new OpeningSpout(args[1]), 1);
    StormSubmitter.submitTopology(args[0], new Config(), builder.createTopology());
  }
}
