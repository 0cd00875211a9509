package acme.bench;

import backtype.storm.topology.TopologyBuilder;

/**
 * An endless spout before a bolt that never returns from its first tuple: NAME FILE acked|unacked.
 */
public final class Blocked {
  private Blocked() {}

  public static void main(String[] args) throws Exception {
    boolean acked = args[2].equals("acked");
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("endless", new BusySpout(Messages.ofHundredBytes(), acked), 1);
    builder.setBolt("blocked", new BlockedBolt(), 1).shuffleGrouping("endless");
    new Rates(args[1], acked).withoutPendingMax().submit(args[0], builder.createTopology());
  }
}
