package acme.crawl;

import acme.Ledger;
import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Fetches in threads of its own, which emit and ack when the page is there. */
final class FetchBolt extends BaseRichBolt {
  static final String LINKS = "links";
  static final String PAGES = "pages";
  private static final long serialVersionUID = 1;

  private transient OutputCollector collector;
  private transient Ledger ledger;
  private transient ExecutorService threads;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
    ledger = Ledger.open(conf, context);
    threads = Executors.newFixedThreadPool(4);
  }

  @Override
  public void execute(Tuple tuple) {
    ledger.record("saw", tuple.getSourceComponent(), tuple.getStringByField("page"));
    threads.execute(() -> fetch(tuple));
  }

  private void fetch(Tuple tuple) {
    String seed = tuple.getStringByField("seed");
    Integer attempt = tuple.getIntegerByField("attempt");
    String page = tuple.getStringByField("page");
    try {
      Thread.sleep(Math.floorMod(page.hashCode(), 5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    synchronized (collector) {
      for (String link : Web.links(page)) {
        collector.emit(LINKS, tuple, new Values(seed, attempt, link));
      }
      collector.emit(PAGES, tuple, new Values(seed, attempt, page));
      collector.ack(tuple);
    }
  }

  @Override
  public void cleanup() {
    threads.shutdownNow();
    ledger.record("cleanup");
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declareStream(LINKS, new Fields("seed", "attempt", "page"));
    declarer.declareStream(PAGES, new Fields("seed", "attempt", "page"));
  }
}
