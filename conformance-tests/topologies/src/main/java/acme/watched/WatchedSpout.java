package acme.watched;

import backtype.storm.metric.api.CountMetric;
import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.Map;

/** Emits numbers from 0, tracked, and counts them in a metric of its own. */
final class WatchedSpout extends BaseRichSpout {
  private static final long serialVersionUID = 1;

  private final int messages;

  private transient SpoutOutputCollector collector;
  private transient CountMetric emitted;
  private transient int next;

  WatchedSpout(int messages) {
    this.messages = messages;
  }

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector newCollector) {
    collector = newCollector;
    emitted = context.registerMetric("own-emits", new CountMetric(), 1);
    context.addTaskHook(new RecordingHook("added"));
  }

  @Override
  public void nextTuple() {
    if (next < messages) {
      emitted.incr();
      collector.emit(new Values(next), next);
      next++;
    }
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("number"));
  }
}
