package acme.crawl;

import acme.Ledger;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.FailedException;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.Map;

/** Chokes on page {@code /1} of the first crawl of every seed whose number ends in 3. */
final class IndexBolt extends BaseBasicBolt {
  private static final long serialVersionUID = 1;

  private transient Ledger ledger;

  @Override
  public void prepare(Map conf, TopologyContext context) {
    ledger = Ledger.open(conf, context);
  }

  @Override
  public void execute(Tuple tuple, BasicOutputCollector collector) {
    String seed = tuple.getStringByField("seed");
    Integer attempt = tuple.getIntegerByField("attempt");
    String page = tuple.getStringByField("page");
    if (attempt == 1 && seed.endsWith("3") && page.equals(seed + "/1")) {
      ledger.record("fail", page);
      throw new FailedException("cannot read " + page);
    }
    collector.emit(new Values(seed, attempt, page));
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("seed", "attempt", "page"));
  }
}
