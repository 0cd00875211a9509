package acme.tools;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/** Submits a spout, and a bolt that reports errors and then throws at every start: NAME. */
public final class Faulty {
  private Faulty() {}

  public static void main(String[] args) throws Exception {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new TestWordSpout(), 1);
    builder.setBolt("faulty", new FaultyBolt(), 1).shuffleGrouping("words");
    StormSubmitter.submitTopology(args[0], new Config(), builder.createTopology());
  }

  private static final class FaultyBolt extends BaseRichBolt {
    private static final long serialVersionUID = 1L;

    private transient OutputCollector collector;

    @Override
    public void prepare(Map conf, TopologyContext context, OutputCollector newCollector) {
      collector = newCollector;
    }

    @Override
    public void execute(Tuple input) {
      for (int i = 0; i < 7; i++) {
        collector.reportError(new IllegalStateException("reported " + i));
      }
      throw new IllegalArgumentException("thrown at " + input.getSourceComponent());
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {}
  }
}
