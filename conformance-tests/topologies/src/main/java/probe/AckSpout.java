package probe;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import backtype.storm.utils.Utils;
import java.util.Arrays;
import java.util.Map;

// clause: no-id, no-ackers, nobody-listens, ack-between-calls, one-thread, timeouts-off
/** Emits every scenario once, under its name as message id, and notes what it hears of it. */
final class AckSpout extends BaseRichSpout {
  /** How long to listen after the emits. */
  static final String SETTLED_MS = "probe.settled.ms";

  private static final long serialVersionUID = 1;

  private transient Notes notes;
  private transient SpoutOutputCollector collector;
  private transient TopologyContext context;
  private transient Thread thread;
  private transient long settledMs;
  private transient long endMs;
  private transient boolean emitting;

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("scenario"));
    declarer.declareStream("all", new Fields("scenario"));
    declarer.declareStream("basic", new Fields("scenario"));
    declarer.declareStream("nobody", new Fields("scenario"));
    declarer.declareStream("direct", true, new Fields("scenario"));
  }

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {
    notes = Notes.of(conf);
    this.collector = collector;
    this.context = context;
    thread = Thread.currentThread();
    settledMs = ((Number) conf.get(SETTLED_MS)).longValue();
  }

  @Override
  public void nextTuple() {
    if (endMs == 0) {
      endMs = System.currentTimeMillis() + settledMs;
      emitting = true;
      emitAll();
      emitting = false;
    } else if (endMs > 0 && System.currentTimeMillis() > endMs) {
      endMs = -1;
      notes.note("settled");
    }
    Utils.sleep(10);
  }

  private void emitAll() {
    AckBolt.SCENARIOS.forEach(each -> collector.emit(new Values(each), each));
    for (String each : Arrays.asList("ack", "each third fails", "each third ignores")) {
      collector.emit("all", new Values(each), "all: " + each);
    }
    for (String each : AckBasicBolt.SCENARIOS) {
      collector.emit("basic", new Values(each), "basic: " + each);
    }
    collector.emit("nobody", new Values("nobody"), "nobody listens");
    collector.emit("undeclared", new Values("undeclared"), "no such stream");
    collector.emit(new Values("ack"));
    collector.emit(new Values("fail"), null);
    collector.emit(new Values("ack"), 7);
    collector.emit(new Values("ack"), Arrays.asList("a", 2L));
    collector.emit(new Values("ack"), "the same id");
    collector.emit(new Values("ack"), "the same id");
    int first = context.getComponentTasks("first").get(0);
    collector.emitDirect(first, "direct", new Values("ack"), "directly");
    collector.emitDirect(first, "direct", new Values("fail"), "directly, to fail");
    collector.emitDirect(first + 1, "direct", new Values("ack"), "directly to nobody");
  }

  @Override
  public void ack(Object id) {
    hear("ack", id);
  }

  @Override
  public void fail(Object id) {
    hear("fail", id);
  }

  private void hear(String what, Object id) {
    String when = emitting ? "inside nextTuple" : "between calls";
    String where = Thread.currentThread() == thread ? "own thread" : "another thread";
    notes.note(what, Show.typed(id), when, where);
  }
}
