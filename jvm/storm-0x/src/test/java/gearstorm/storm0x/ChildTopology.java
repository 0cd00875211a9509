package gearstorm.storm0x;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import backtype.storm.utils.Utils;
import java.util.Map;

/** What the worker processes of the tests run. */
@SuppressWarnings("rawtypes") // Storm's interfaces are
final class ChildTopology {
  private ChildTopology() {}

  /** Emits numbers from 0, tracked, a thousand a second at most. */
  public static final class Numbers extends BaseRichSpout {
    private static final long serialVersionUID = 1L;
    private transient SpoutOutputCollector collector;
    private long next;

    @Override
    public void open(
        final Map conf, final TopologyContext context, final SpoutOutputCollector newCollector) {
      collector = newCollector;
      System.out.println("numbers opened in " + Thread.currentThread().getContextClassLoader());
    }

    @Override
    public void nextTuple() {
      collector.emit(new Values(next), next);
      next++;
      Utils.sleep(1);
    }

    @Override
    public void close() {
      System.out.println("numbers closed");
    }

    @Override
    public void declareOutputFields(final OutputFieldsDeclarer declarer) {
      declarer.declare(new Fields("number"));
    }
  }

  /** Doubles each number; throws at the one it is told to. */
  public static final class Doubler extends BaseBasicBolt {
    private static final long serialVersionUID = 1L;
    private final long throwsAt;

    public Doubler(final long throwsAt) {
      this.throwsAt = throwsAt;
    }

    @Override
    public void execute(final Tuple input, final BasicOutputCollector collector) {
      if (input.getLong(0) == throwsAt) {
        throw new IllegalStateException("told to throw");
      }
      collector.emit(new Values(input.getLong(0) * 2));
    }

    @Override
    public void declareOutputFields(final OutputFieldsDeclarer declarer) {
      declarer.declare(new Fields("double"));
    }
  }
}
