package probe;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import backtype.storm.utils.Utils;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Emits every value once, to everybody. */
final class KryoSpout extends BaseRichSpout {
  /** This JVM, and what its spout has emitted. */
  static final String JVM = UUID.randomUUID().toString();

  static final List<Object> EMITTED = KryoValues.all();

  private static final long serialVersionUID = 1;

  private transient SpoutOutputCollector collector;
  private transient boolean done;

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {
    this.collector = collector;
  }

  @Override
  public void nextTuple() {
    if (!done) {
      done = true;
      for (int i = 0; i < EMITTED.size(); i++) {
        collector.emit(new Values(JVM, i, EMITTED.get(i)));
      }
      collector.emit(new Values(JVM, -1, "end"));
    }
    Utils.sleep(50);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("jvm", "number", "value"));
  }
}
