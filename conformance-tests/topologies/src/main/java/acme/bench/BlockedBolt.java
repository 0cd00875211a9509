package acme.bench;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/** Meters its first tuple and then waits for ever. */
final class BlockedBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private transient Meter meter;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    meter = Meter.open((String) conf.get(Rates.FILE));
  }

  @Override
  public void execute(Tuple tuple) {
    meter.count();
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
