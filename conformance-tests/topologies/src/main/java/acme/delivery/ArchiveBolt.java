package acme.delivery;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The sink of the copies: writes and acks on a thread of its own. */
public final class ArchiveBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private transient OutputCollector collector;
  private transient DeliveryLog log;
  private transient ExecutorService clerk;
  private transient String shelf;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
    log = DeliveryLog.open(conf, context);
    clerk = Executors.newSingleThreadExecutor();
    shelf = "shelf-" + context.getThisTaskIndex();
  }

  @Override
  public void execute(Tuple tuple) {
    clerk.execute(
        () -> {
          log.record("effect", tuple.getStringByField("token"), shelf);
          collector.ack(tuple);
        });
  }

  @Override
  public void cleanup() {
    clerk.shutdownNow();
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
