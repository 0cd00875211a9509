package acme.bench;

import backtype.storm.topology.TopologyBuilder;

/**
 * A shuffled chain of two levels of bolts whose spouts measure how long their tuples take: NAME
 * FILE SPOUTS BOLTS TUPLES-PER-SECOND-AND-SPOUT, 0 for as many as possible.
 */
public final class Latency {
  private Latency() {}

  public static void main(String[] args) throws Exception {
    int bolts = Integer.parseInt(args[3]);
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout(
        "level1", new TimingSpout(Integer.parseInt(args[4])), Integer.parseInt(args[2]));
    builder.setBolt("level2", new PassBolt(), bolts).shuffleGrouping("level1");
    builder.setBolt("level3", new EndBolt(false), bolts).shuffleGrouping("level2");
    new Rates(args[1], true).submit(args[0], builder.createTopology());
  }
}
