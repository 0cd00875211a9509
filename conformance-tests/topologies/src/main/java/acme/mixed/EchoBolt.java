package acme.mixed;

import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;

/** Emits what it gets. */
public final class EchoBolt extends BaseBasicBolt {
  private static final long serialVersionUID = 1;

  @Override
  public void execute(Tuple tuple, BasicOutputCollector collector) {
    collector.emit(tuple.getValues());
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("number", "value"));
  }
}
