package acme.strays;

import acme.Ledger;
import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/** Writes down what comes from where. */
final class ReceiverBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private transient OutputCollector collector;
  private transient Ledger ledger;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector newCollector) {
    collector = newCollector;
    ledger = Ledger.open(conf, context);
  }

  @Override
  public void execute(Tuple input) {
    if (!input.getSourceComponent().equals("heartbeat")) {
      ledger.record("execute", input.getInteger(0), input.getSourceComponent());
    }
    collector.ack(input);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
