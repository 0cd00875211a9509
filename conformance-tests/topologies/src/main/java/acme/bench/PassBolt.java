package acme.bench;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.Map;

/** Hands every message on, anchored, and acks it. */
final class PassBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private transient OutputCollector collector;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector out) {
    collector = out;
  }

  @Override
  public void execute(Tuple tuple) {
    collector.emit(tuple, new Values(tuple.getValue(0)));
    collector.ack(tuple);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("message"));
  }
}
