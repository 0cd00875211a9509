package probe;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

// clause: anchoring, multi-anchor, double-ack, late-results, timeout, bolt-threads
/** Does with a tuple what its value says. */
final class AckBolt extends BaseRichBolt {
  static final List<String> SCENARIOS =
      Arrays.asList(
          "ack",
          "fail",
          "ignore",
          "ack twice",
          "ack, then fail",
          "fail twice",
          "child acks",
          "child fails",
          "child ignores",
          "child acks, parent ignores",
          "child acks, parent fails",
          "child acks, ack twice",
          "unanchored child fails",
          "two children, one fails",
          "anchored twice to the same",
          "hold",
          "join, child acks",
          "hold",
          "join, child fails",
          "ack on another thread",
          "child emitted on another thread",
          "ack late");
  private static final long serialVersionUID = 1;

  private transient OutputCollector collector;
  private transient int index;
  private transient long lateMs;
  private transient Tuple held;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
    index = context.getThisTaskIndex();
    lateMs = ((Number) conf.get(AckSpout.SETTLED_MS)).longValue() * 3 / 4;
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("scenario"));
  }

  @Override
  public void execute(Tuple input) {
    String scenario = input.getString(0);
    switch (scenario) {
      case "ignore":
        break;
      case "ack twice":
        collector.ack(input);
        collector.ack(input);
        break;
      case "ack, then fail":
        collector.ack(input);
        collector.fail(input);
        break;
      case "fail twice":
        collector.fail(input);
        collector.fail(input);
        break;
      case "hold":
        held = input;
        break;
      case "ack on another thread":
        new Thread(() -> collector.ack(input)).start();
        break;
      case "ack late":
        new Thread(() -> ackLate(input)).start();
        break;
      default:
        withChild(scenario, input);
    }
  }

  private void withChild(String scenario, Tuple input) {
    switch (scenario) {
      case "child acks":
        emit("ack", input);
        break;
      case "child fails":
        emit("fail", input);
        break;
      case "child ignores":
        emit("ignore", input);
        break;
      case "child acks, parent ignores":
        emit("ack", input);
        return;
      case "child acks, parent fails":
        emit("ack", input);
        collector.fail(input);
        return;
      case "child acks, ack twice":
        emit("ack", input);
        collector.ack(input);
        break;
      case "unanchored child fails":
        collector.emit(new Values("fail"));
        break;
      case "two children, one fails":
        emit("ack", input);
        emit("fail", input);
        break;
      case "anchored twice to the same":
        emit("ack", input, input);
        break;
      case "join, child acks":
        emit("ack", held, input);
        collector.ack(held);
        break;
      case "join, child fails":
        emit("fail", held, input);
        collector.ack(held);
        break;
      case "child emitted on another thread":
        new Thread(() -> emitAndAck(input)).start();
        return;
      default:
        leaf(scenario, input);
        return;
    }
    collector.ack(input);
  }

  private void leaf(String scenario, Tuple input) {
    if (scenario.equals("fail") || scenario.equals("each third fails") && index == 2) {
      collector.fail(input);
    } else if (!scenario.equals("each third ignores") || index != 2) {
      collector.ack(input);
    }
  }

  private void emit(String scenario, Tuple... anchors) {
    collector.emit(Arrays.asList(anchors), new Values(scenario));
  }

  private void emitAndAck(Tuple input) {
    emit("ack", input);
    collector.ack(input);
  }

  private void ackLate(Tuple input) {
    try {
      Thread.sleep(lateMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    collector.ack(input);
  }
}
