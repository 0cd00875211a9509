package gearstorm.storm0x;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/** Does one thing to its process at the first tuple, and only counts the others. */
@SuppressWarnings("rawtypes") // Storm's interfaces are
public final class DeadlyBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1L;

  enum Deed {
    EXIT,
    MEMORY,
    RECURSION,
    ERROR_IN_THREAD,
    EXCEPTION_IN_THREAD
  }

  private final Deed deed;
  private transient int executed;

  DeadlyBolt(final Deed deed) {
    this.deed = deed;
  }

  @Override
  public void prepare(
      final Map conf, final TopologyContext context, final OutputCollector collector) {}

  @Override
  public void execute(final Tuple input) {
    if (executed++ > 0) {
      return;
    }
    switch (deed) {
      case EXIT -> System.exit(7);
      case MEMORY -> System.out.println(new byte[Integer.MAX_VALUE].length);
      case RECURSION -> System.out.println(depth(0));
      case ERROR_IN_THREAD -> dieIn(new AssertionError("told to"));
      case EXCEPTION_IN_THREAD -> dieIn(new IllegalStateException("told to"));
    }
  }

  private static int depth(final int from) {
    return from < 0 ? 0 : depth(from + 1) + 1;
  }

  private static void dieIn(final Throwable error) {
    new Thread(
            () -> {
              if (error instanceof Error fatal) {
                throw fatal;
              }
              throw (RuntimeException) error;
            },
            "users-own")
        .start();
  }

  @Override
  public void declareOutputFields(final OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("double"));
  }
}
