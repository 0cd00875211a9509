package gearstorm.storm0x;

import backtype.storm.generated.GlobalStreamId;
import backtype.storm.grouping.CustomStreamGrouping;
import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.task.WorkerTopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.List;
import java.util.Map;

/** Components as a user writes them; the last ones made can be looked at. */
@SuppressWarnings("rawtypes") // Storm's interfaces are
final class UserCode {
  private UserCode() {}

  /** Emits one word at each call. */
  public static final class Words extends BaseRichSpout {
    private static final long serialVersionUID = 1L;
    transient SpoutOutputCollector collector;
    transient TopologyContext context;
    transient Map conf;

    @Override
    public void open(
        final Map newConf,
        final TopologyContext newContext,
        final SpoutOutputCollector newCollector) {
      conf = newConf;
      context = newContext;
      collector = newCollector;
    }

    @Override
    public void nextTuple() {
      collector.emit(new Values("word", 1), "id");
    }

    @Override
    public void declareOutputFields(final OutputFieldsDeclarer declarer) {
      declarer.declare(new Fields("word", "count"));
    }
  }

  /** Emits the length of each word, anchored, and acks. */
  public static final class Lengths extends BaseRichBolt {
    private static final long serialVersionUID = 1L;
    private final String greeting;
    private final long number;
    transient OutputCollector collector;
    transient TopologyContext context;
    transient Map conf;

    public Lengths(final String greeting, final int number) {
      this.greeting = greeting;
      this.number = number;
    }

    String greeting() {
      return greeting + number;
    }

    @Override
    public void prepare(
        final Map newConf, final TopologyContext newContext, final OutputCollector newCollector) {
      conf = newConf;
      context = newContext;
      collector = newCollector;
    }

    @Override
    public void execute(final Tuple input) {
      collector.emit(input, new Values(input.getStringByField("word").length()));
      collector.ack(input);
    }

    @Override
    public void declareOutputFields(final OutputFieldsDeclarer declarer) {
      declarer.declare(new Fields("length"));
    }
  }

  /** Sends everything to the last task; refuses to choose before it was prepared. */
  public static final class LastTask implements CustomStreamGrouping {
    private static final long serialVersionUID = 1L;
    private transient List<Integer> targets;

    @Override
    public void prepare(
        final WorkerTopologyContext context,
        final GlobalStreamId stream,
        final List<Integer> targetTasks) {
      if (!context.getComponentTasks("lengths").equals(targetTasks)) {
        throw new IllegalArgumentException("not the tasks of lengths: " + targetTasks);
      }
      targets = targetTasks;
    }

    @Override
    public List<Integer> chooseTasks(final int taskId, final List<Object> values) {
      return targets.subList(targets.size() - 1, targets.size());
    }
  }
}
