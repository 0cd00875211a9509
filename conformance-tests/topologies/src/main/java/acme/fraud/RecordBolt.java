package acme.fraud;

import acme.Ledger;
import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/** Writes down every order it sees. */
final class RecordBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private transient OutputCollector collector;
  private transient Ledger ledger;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
    ledger = Ledger.open(conf, context);
  }

  @Override
  public void execute(Tuple tuple) {
    ledger.record("saw", tuple.getIntegerByField("order"), tuple.getSourceTask());
    collector.ack(tuple);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
