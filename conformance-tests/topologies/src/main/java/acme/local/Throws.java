package acme.local;

import backtype.storm.Config;
import backtype.storm.LocalCluster;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.tuple.Tuple;

/** A bolt throws; the main would wait for ever. */
public final class Throws {
  private Throws() {}

  public static void main(final String[] args) throws Exception {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new TestWordSpout());
    builder.setBolt("thrower", new Thrower()).shuffleGrouping("words");
    new LocalCluster().submitTopology("throws", new Config(), builder.createTopology());
    Thread.currentThread().join();
  }

  private static final class Thrower extends BaseBasicBolt {
    private static final long serialVersionUID = 1L;

    @Override
    public void execute(final Tuple input, final BasicOutputCollector collector) {
      throw new IllegalStateException("as it was meant to");
    }

    @Override
    public void declareOutputFields(final OutputFieldsDeclarer declarer) {}
  }
}
