package probe;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import backtype.storm.utils.Utils;
import java.util.Map;

// clause: one-thread, tasks-in-turn, activate-first, deactivate-once
/** Emits one tuple in each active time. */
final class LifecycleSpout extends BaseRichSpout {
  private static final long serialVersionUID = 1;

  private transient LifecycleNotes notes;
  private transient SpoutOutputCollector collector;
  private transient boolean emitted;

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {
    notes = LifecycleNotes.of(conf, context);
    this.collector = collector;
    notes.call("open");
  }

  @Override
  public void activate() {
    emitted = false;
    notes.forget();
    notes.call("activate");
  }

  @Override
  public void nextTuple() {
    notes.first("nextTuple");
    if (!emitted) {
      emitted = true;
      collector.emit(new Values("v"));
    }
    Utils.sleep(10);
  }

  @Override
  public void deactivate() {
    notes.call("deactivate");
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("v"));
  }
}
