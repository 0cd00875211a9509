package acme.sessions;

import acme.ReplayingSpout;
import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.List;

/** Tells every session task five rules, one after the other. */
final class RuleSpout extends ReplayingSpout {
  private static final long serialVersionUID = 1;

  RuleSpout() {
    super(5);
  }

  @Override
  protected String messageId(int number) {
    return "rule-" + number;
  }

  @Override
  protected List<Integer> emit(
      SpoutOutputCollector collector, String id, int attempt, long emission) {
    return collector.emit(new Values(id), id);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("rule"));
  }
}
