package acme.tools;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.topology.TopologyBuilder;

/** Submits a spout whose worker ends again and again beside one that keeps running: NAME FILE. */
public final class Exiting {
  private Exiting() {}

  public static void main(String[] args) throws Exception {
    Config conf = new Config();
    conf.setNumWorkers(2);
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("exiting", new ExitingSpout(args[1], 7), 1);
    builder.setSpout("steady", new ExitingSpout(args[1], 0), 1);
    StormSubmitter.submitTopology(args[0], conf, builder.createTopology());
  }
}
