package acme.delivery;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.Map;

/** Sends both halves of a letter on their way, and a copy to the archives. */
final class SortBolt extends BaseRichBolt {
  static final String HALVES = "halves";
  static final String COPIES = "copies";
  private static final long serialVersionUID = 1;

  private transient OutputCollector collector;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
  }

  @Override
  public void execute(Tuple tuple) {
    Object letter = tuple.getValue(0);
    Object token = tuple.getValue(1);
    collector.emit(HALVES, tuple, new Values(letter, token, "left"));
    collector.emit(COPIES, tuple, new Values(token));
    collector.emit(HALVES, tuple, new Values(letter, token, "right"));
    collector.ack(tuple);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declareStream(HALVES, new Fields("letter", "token", "half"));
    declarer.declareStream(COPIES, new Fields("token"));
  }
}
