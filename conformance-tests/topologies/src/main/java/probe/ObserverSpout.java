package probe;

import backtype.storm.metric.api.CountMetric;
import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import backtype.storm.utils.Utils;
import java.util.Arrays;
import java.util.Map;

// clause: no-ticks-to-spouts, no-id
/** Emits a tuple of each outcome, and says when enough time has passed for reports of it. */
final class ObserverSpout extends BaseRichSpout {
  private static final long SETTLED_MS = 8000;
  private static final long serialVersionUID = 1;

  private transient Notes notes;
  private transient SpoutOutputCollector collector;
  private transient long endMs;

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {
    notes = Notes.of(conf);
    this.collector = collector;
    context.addTaskHook(new NotingHook("added in open"));
    context.registerMetric("of the spout", new CountMetric(), 1);
    notes.note("hooks in open", context.getHooks().size());
  }

  @Override
  public void nextTuple() {
    if (endMs == 0) {
      endMs = System.currentTimeMillis() + SETTLED_MS;
      for (String outcome : Arrays.asList("ack", "fail", "emit")) {
        collector.emit(new Values(outcome), outcome);
      }
      collector.emit(new Values("ack"));
    } else if (endMs > 0 && System.currentTimeMillis() > endMs) {
      endMs = -1;
      notes.note("settled");
    }
    Utils.sleep(10);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("outcome"));
  }
}
