package acme.delivery;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/**
 * The sink of the halves: what it wrote down is delivered. The dishonest one acks first and writes
 * a little later, which is the mistake that a judge of deliveries has to see.
 */
public final class DoorBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private final boolean honest;

  private transient OutputCollector collector;
  private transient DeliveryLog log;
  private transient Tuple late;

  public DoorBolt(boolean honest) {
    this.honest = honest;
  }

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
    log = DeliveryLog.open(conf, context);
  }

  @Override
  public void execute(Tuple tuple) {
    if (honest) {
      write(tuple);
      collector.ack(tuple);
      return;
    }
    collector.ack(tuple);
    if (late != null) {
      write(late);
    }
    late = tuple;
  }

  private void write(Tuple tuple) {
    log.record("effect", tuple.getStringByField("token"), tuple.getStringByField("half"));
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
