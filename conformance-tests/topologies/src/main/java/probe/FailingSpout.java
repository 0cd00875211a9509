package probe;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.Map;

// clause: uncaught-exception
/** Fails where it is told, and says when it runs without. */
final class FailingSpout extends BaseRichSpout {
  private static final long serialVersionUID = 1;
  private static final long PAUSE_MS = 50;

  private transient Failures failures;
  private transient SpoutOutputCollector collector;
  private transient int calls;

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {
    failures = Failures.of(conf);
    this.collector = collector;
    failures.at("open");
  }

  @Override
  public void activate() {
    failures.at("activate");
  }

  @Override
  public void deactivate() {
    failures.at("deactivate");
  }

  @Override
  public void close() {
    failures.at("close");
  }

  @Override
  public void nextTuple() {
    calls++;
    failures.at("nextTuple");
    if (calls > 20) {
      failures.worseAt("interrupted");
    }
    emit();
    if (calls == 1 && failures.isTurnOf(Failures.NOWHERE)) {
      failures.note("recovered", failures.group());
    } else if (calls == 1 && failures.isTurnOf("deactivate")) {
      failures.note("active", failures.group());
    }
    pause();
  }

  /** What cannot be serialized fails after the emit, in Storm, whatever user code catches. */
  private void emit() {
    try {
      collector.emit(new Values(calls % 2 == 0 ? "ack" : "fail"), calls);
      if (failures.isTurnOf("unserializable") && calls == 5) {
        failures.noteFailure();
        collector.emit(new Values(new Object()));
        failures.note("emit", failures.group(), "returned");
      }
    } catch (RuntimeException thrown) {
      if (failures.isTurnOf("unserializable")) {
        failures.note("emit", failures.group(), "threw");
      } else {
        throw thrown;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void ack(Object messageId) {
    failures.at("ack");
  }

  @Override
  public void fail(Object messageId) {
    failures.at("fail");
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("value"));
  }
}
