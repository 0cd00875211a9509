package acme.crawl;

import acme.Ledger;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/** Writes down every page that was indexed. */
final class StoreBolt extends BaseBasicBolt {
  private static final long serialVersionUID = 1;

  private transient Ledger ledger;

  @Override
  public void prepare(Map conf, TopologyContext context) {
    ledger = Ledger.open(conf, context);
  }

  @Override
  public void execute(Tuple tuple, BasicOutputCollector collector) {
    ledger.record(
        "saw",
        tuple.getStringByField("seed"),
        tuple.getIntegerByField("attempt"),
        tuple.getStringByField("page"));
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
