package acme.kafka;

import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;

/** Makes key and message of a text, for KafkaBolt. */
public final class CarryBolt extends BaseBasicBolt {
  private static final long serialVersionUID = 1;

  @Override
  public void execute(Tuple input, BasicOutputCollector collector) {
    String text = input.getString(0);
    collector.emit(new Values(text, text));
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("key", "message"));
  }
}
