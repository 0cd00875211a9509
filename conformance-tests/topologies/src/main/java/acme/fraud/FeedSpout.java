package acme.fraud;

import acme.ReplayingSpout;
import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.List;

/** One side of the join: order N belongs to customer N mod 50. */
final class FeedSpout extends ReplayingSpout {
  private static final long serialVersionUID = 1;

  FeedSpout(int messages) {
    super(messages);
  }

  @Override
  protected String messageId(int number) {
    return Integer.toString(number);
  }

  @Override
  protected List<Integer> emit(
      SpoutOutputCollector collector, String id, int attempt, long emission) {
    int order = Integer.parseInt(id);
    return collector.emit(new Values("customer-" + order % 50, order, emission), id);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("customer", "order", "emission"));
  }
}
