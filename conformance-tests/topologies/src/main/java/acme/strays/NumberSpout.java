package acme.strays;

import acme.Ledger;
import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.Map;

/** Emits numbers from 0, tracked when somebody can receive them. */
final class NumberSpout extends BaseRichSpout {
  private static final long serialVersionUID = 1;

  private final int messages;

  private transient SpoutOutputCollector collector;
  private transient Ledger ledger;
  private transient int next;

  NumberSpout(int messages) {
    this.messages = messages;
  }

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector newCollector) {
    collector = newCollector;
    ledger = Ledger.open(conf, context);
  }

  @Override
  public void nextTuple() {
    if (next < messages) {
      Integer id = next % 4 == 3 ? null : Integer.valueOf(next);
      ledger.record("emit", next, collector.emit(new Values(next), id));
      next++;
    }
  }

  @Override
  public void ack(Object id) {
    ledger.record("ack", id);
  }

  @Override
  public void fail(Object id) {
    ledger.record("fail", id);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("number"));
  }
}
