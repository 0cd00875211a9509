package acme.bench;

import acme.Ledger;
import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.IRichBolt;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/** Writes down the time of the first tuple, in milliseconds of the epoch, and is its inner bolt. */
final class StampedBolt implements IRichBolt {
  private static final long serialVersionUID = 1;

  private final IRichBolt inner;
  private transient Ledger ledger;
  private transient boolean stamped;

  StampedBolt(IRichBolt inner) {
    this.inner = inner;
  }

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    ledger = Ledger.open(conf, context);
    inner.prepare(conf, context, collector);
  }

  @Override
  public void execute(Tuple tuple) {
    if (!stamped) {
      stamped = true;
      ledger.record("first", System.currentTimeMillis());
    }
    inner.execute(tuple);
  }

  @Override
  public void cleanup() {
    inner.cleanup();
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    inner.declareOutputFields(declarer);
  }

  @Override
  public Map<String, Object> getComponentConfiguration() {
    return inner.getComponentConfiguration();
  }
}
