package acme.bench;

import backtype.storm.topology.TopologyBuilder;

/**
 * The speed of light of message passing: a shuffled chain of bolts that do nothing, with messages
 * of 100 bytes: NAME FILE SPOUTS BOLTS LEVELS acked|unacked WORKERS PENDING. The spouts are the
 * first level.
 */
public final class Sol {
  private Sol() {}

  public static void main(String[] args) throws Exception {
    int bolts = Integer.parseInt(args[3]);
    int levels = Integer.parseInt(args[4]);
    boolean acked = args[5].equals("acked");
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout(
        "level1", new BusySpout(Messages.ofHundredBytes(), acked), Integer.parseInt(args[2]));
    for (int level = 2; level < levels; level++) {
      builder
          .setBolt("level" + level, new PassBolt(), bolts)
          .shuffleGrouping("level" + (level - 1));
    }
    builder
        .setBolt("level" + levels, new EndBolt(!acked), bolts)
        .shuffleGrouping("level" + (levels - 1));
    new Rates(args[1], acked)
        .workers(Integer.parseInt(args[6]))
        .pendingMax(Integer.parseInt(args[7]))
        .submit(args[0], builder.createTopology());
  }
}
