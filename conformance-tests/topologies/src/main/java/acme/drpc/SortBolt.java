package acme.drpc;

import backtype.storm.coordination.CoordinatedBolt.FinishedCallback;
import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** Joins what the tasks before it found of a request, once all of it has come. */
public final class SortBolt extends BaseRichBolt implements FinishedCallback {
  private static final long serialVersionUID = 1;

  private transient OutputCollector collector;
  private transient Map<Object, TreeSet<Character>> letters;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
    this.letters = new HashMap<>();
  }

  @Override
  public void execute(Tuple tuple) {
    TreeSet<Character> found =
        letters.computeIfAbsent(tuple.getValue(0), request -> new TreeSet<>());
    for (char letter : tuple.getString(1).toCharArray()) {
      found.add(letter);
    }
    collector.ack(tuple);
  }

  @Override
  public void finishedId(Object request) {
    TreeSet<Character> found = letters.remove(request);
    StringBuilder answer = new StringBuilder();
    if (found != null) {
      found.forEach(answer::append);
    }
    collector.emit(new Values(request, answer.toString()));
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("id", "letters"));
  }
}
