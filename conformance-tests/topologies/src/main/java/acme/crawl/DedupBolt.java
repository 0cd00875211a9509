package acme.crawl;

import backtype.storm.task.TopologyContext;
import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Sends a page on once per crawl; the seed itself was fetched before anything linked to it. */
final class DedupBolt extends BaseBasicBolt {
  private static final long serialVersionUID = 1;

  private transient Set<String> seen;

  @Override
  public void prepare(Map conf, TopologyContext context) {
    seen = new HashSet<>();
  }

  @Override
  public void execute(Tuple tuple, BasicOutputCollector collector) {
    String seed = tuple.getStringByField("seed");
    Integer attempt = tuple.getIntegerByField("attempt");
    String page = tuple.getStringByField("page");
    if (!page.equals(seed) && seen.add(attempt + " " + page)) {
      collector.emit(new Values(seed, attempt, page));
    }
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("seed", "attempt", "page"));
  }
}
