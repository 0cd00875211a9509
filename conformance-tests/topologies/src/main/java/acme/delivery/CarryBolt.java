package acme.delivery;

import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;

/** One more hop. */
final class CarryBolt extends BaseBasicBolt {
  private static final long serialVersionUID = 1;

  @Override
  public void execute(Tuple tuple, BasicOutputCollector collector) {
    collector.emit(new Values(tuple.getValue(0), tuple.getValue(1), tuple.getValue(2)));
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("letter", "token", "half"));
  }
}
