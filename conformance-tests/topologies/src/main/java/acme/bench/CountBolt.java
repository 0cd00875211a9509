package acme.bench;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.HashMap;
import java.util.Map;

/** Counts words and emits every new count, which nobody subscribes to. */
final class CountBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private final Map<String, Integer> counts = new HashMap<String, Integer>();
  private transient OutputCollector collector;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector out) {
    collector = out;
  }

  @Override
  public void execute(Tuple tuple) {
    String word = tuple.getString(0);
    Integer count = counts.merge(word, 1, Integer::sum);
    collector.emit(tuple, new Values(word, count));
    collector.ack(tuple);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("word", "count"));
  }
}
