package acme.drpc;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.drpc.DRPCSpout;
import backtype.storm.drpc.ReturnResults;
import backtype.storm.topology.TopologyBuilder;

/** A DRPC function put together by hand: NAME FUNCTION WORKERS MESSAGE_TIMEOUT_SECS. */
public final class OrderTopology {
  private OrderTopology() {}

  public static void main(String[] args) throws Exception {
    int workers = Integer.parseInt(args[2]);
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("requests", new DRPCSpout(args[1]), workers);
    builder.setBolt("orders", new OrderBolt(), 2 * workers).shuffleGrouping("requests");
    builder.setBolt("answers", new ReturnResults(), workers).shuffleGrouping("orders");
    Config conf = new Config();
    conf.setNumWorkers(workers);
    conf.setMessageTimeoutSecs(Integer.parseInt(args[3]));
    StormSubmitter.submitTopology(args[0], conf, builder.createTopology());
  }
}
