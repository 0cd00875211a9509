package acme.bench;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.testing.TestWordCounter;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import java.util.Map;

/** A topology that waits for input that never comes: NAME. */
public final class Idle {
  private Idle() {}

  public static void main(String[] args) throws Exception {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("quiet", new QuietSpout(), 1);
    builder.setBolt("count", new TestWordCounter(), 2).fieldsGrouping("quiet", new Fields("word"));
    StormSubmitter.submitTopology(args[0], new Config(), builder.createTopology());
  }

  private static final class QuietSpout extends BaseRichSpout {
    private static final long serialVersionUID = 1;

    @Override
    public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {}

    @Override
    public void nextTuple() {}

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {
      declarer.declare(new Fields("word"));
    }
  }
}
