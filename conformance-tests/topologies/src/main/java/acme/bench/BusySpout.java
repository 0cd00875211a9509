package acme.bench;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.Map;

/** Emits one of its messages in every nextTuple, as fast as it is called, and meters the acks. */
public final class BusySpout extends BaseRichSpout {
  private static final long serialVersionUID = 1;

  private final String[] messages;
  private final boolean acked;
  private transient SpoutOutputCollector collector;
  private transient Meter meter;
  private long emitted;

  /** For programs, which name their classes: messages of 100 bytes, acked. */
  public BusySpout() {
    this(Messages.ofHundredBytes(), true);
  }

  /**
   * @param acked whether tuples are emitted with an id, and so acked
   */
  BusySpout(String[] messages, boolean acked) {
    this.messages = messages;
    this.acked = acked;
  }

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector out) {
    collector = out;
    meter = acked ? Meter.open((String) conf.get(Rates.FILE)) : null;
  }

  @Override
  public void nextTuple() {
    Values values = new Values(messages[(int) (emitted % messages.length)]);
    emitted++;
    if (acked) {
      collector.emit(values, Long.valueOf(emitted));
    } else {
      collector.emit(values);
    }
  }

  @Override
  public void ack(Object id) {
    meter.count();
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("message"));
  }
}
