package acme.crawl;

import acme.ReplayingSpout;
import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.List;

/** Where the crawls begin. */
final class SeedSpout extends ReplayingSpout {
  private static final long serialVersionUID = 1;

  SeedSpout(int messages) {
    super(messages);
  }

  @Override
  protected String messageId(int number) {
    return "s" + number;
  }

  @Override
  protected List<Integer> emit(
      SpoutOutputCollector collector, String id, int attempt, long emission) {
    return collector.emit(new Values(id, attempt, id), id);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("seed", "attempt", "page"));
  }
}
