package acme.local;

import backtype.storm.Config;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/** Counts tuples by topology and worker. */
final class CountingBolt extends BaseBasicBolt {
  private static final long serialVersionUID = 1L;

  private String topology;
  private int worker;

  @Override
  public void prepare(final Map conf, final TopologyContext context) {
    topology = (String) conf.get(Config.TOPOLOGY_NAME);
    worker = context.getThisWorkerPort();
  }

  @Override
  public void execute(final Tuple input, final BasicOutputCollector collector) {
    SharedCounts.add(topology, worker);
  }

  @Override
  public void cleanup() {
    SharedCounts.addCleanup(topology);
  }

  @Override
  public void declareOutputFields(final OutputFieldsDeclarer declarer) {}
}
