package acme.delivery;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/**
 * The sink of the halves: what it wrote down is delivered. The dishonest one acks first and writes
 * a little later, which is the mistake that a judge of deliveries has to see: so much later that
 * the ack is at the source by then.
 */
public final class DoorBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private static final int LATE_MOST = 20;

  private final boolean honest;

  private transient OutputCollector collector;
  private transient DeliveryLog log;
  private transient Queue<Tuple> late;

  public DoorBolt(boolean honest) {
    this.honest = honest;
  }

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
    log = DeliveryLog.open(conf, context);
    late = new ArrayDeque<>();
  }

  @Override
  public void execute(Tuple tuple) {
    if (honest) {
      write(tuple);
      collector.ack(tuple);
      return;
    }
    collector.ack(tuple);
    late.add(tuple);
    if (late.size() > LATE_MOST) {
      write(late.remove());
    }
  }

  private void write(Tuple tuple) {
    log.record("effect", tuple.getStringByField("token"), tuple.getStringByField("half"));
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
