package acme.bench;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/** The end of a chain: acks every message, and meters them where no spout hears of them. */
public final class EndBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private final boolean metered;
  private transient OutputCollector collector;
  private transient Meter meter;

  /**
   * @param metered whether it counts, as there is no spout that hears of acks
   */
  public EndBolt(boolean metered) {
    this.metered = metered;
  }

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector out) {
    collector = out;
    meter = metered ? Meter.open((String) conf.get(Rates.FILE)) : null;
  }

  @Override
  public void execute(Tuple tuple) {
    collector.ack(tuple);
    if (metered) {
      meter.count();
    }
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
