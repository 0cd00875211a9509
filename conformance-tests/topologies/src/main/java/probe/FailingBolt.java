package probe;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.Map;

// clause: uncaught-exception
/** Fails where it is told; acks and fails as its tuples say. */
final class FailingBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;
  private static final int METRIC_SECS = 1;

  private transient Failures failures;
  private transient OutputCollector collector;
  private transient boolean active;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    failures = Failures.of(conf);
    this.collector = collector;
    failures.at("prepare");
    context.registerMetric("failing", this::metric, METRIC_SECS);
    if (failures.isTurnOf("own thread")) {
      failures.noteFailure();
      new Thread(FailingBolt::die).start();
    }
    if (failures.isTurnOf("own error")) {
      failures.noteFailure();
      new Thread(FailingBolt::dieOfAnError).start();
    }
  }

  private static void die() {
    throw new IllegalStateException("fails: own thread");
  }

  private static void dieOfAnError() {
    throw new AssertionError("fails: own error");
  }

  private Object metric() {
    failures.at("metric");
    return null;
  }

  /** Once the topology works: who was not prepared is not cleaned up either. */
  private void noteActive() {
    if (!active && (failures.isTurnOf("cleanup") || failures.isTurnOf("close"))) {
      failures.note("active", failures.group());
    }
    active = true;
  }

  @Override
  public void cleanup() {
    failures.at("cleanup");
  }

  @Override
  public void execute(Tuple input) {
    noteActive();
    failures.at("execute");
    failures.worseAt("exit");
    failures.worseAt("no memory");
    failures.worseAt("no stack");
    failures.worseAt("checked");
    failures.worseAt("interrupted io");
    collector.emit(input, new Values("child"));
    if ("ack".equals(input.getValue(0))) {
      collector.ack(input);
    } else {
      collector.fail(input);
    }
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("value"));
  }
}
