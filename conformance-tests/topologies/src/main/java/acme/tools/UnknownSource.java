package acme.tools;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.testing.TestWordCounter;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;

/** Submits a topology whose bolt listens to a component that does not exist: NAME. */
public final class UnknownSource {
  private UnknownSource() {}

  public static void main(String[] args) throws Exception {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new TestWordSpout(), 1);
    builder.setBolt("count", new TestWordCounter(), 1).fieldsGrouping("nobody", new Fields("word"));
    StormSubmitter.submitTopology(args[0], new Config(), builder.createTopology());
  }
}
