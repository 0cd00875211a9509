package acme.flow;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.topology.TopologyBuilder;

/** A bolt that never acks every hundredth tuple, behind one that always does: NAME WORKERS. */
public final class ForgetfulTopology {
  private ForgetfulTopology() {}

  public static void main(String[] args) throws Exception {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("numbers", new NumberSpout(), 1);
    builder.setBolt("relay", new RelayBolt(), 2).shuffleGrouping("numbers");
    builder.setBolt("forgetful", new ForgetfulBolt(100), 2).shuffleGrouping("relay");
    Config conf = new Config();
    conf.setNumWorkers(Integer.parseInt(args[1]));
    conf.setMessageTimeoutSecs(1);
    conf.setMaxSpoutPending(200);
    StormSubmitter.submitTopology(args[0], conf, builder.createTopology());
  }
}
