package acme;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.base.BaseRichSpout;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Emits a fixed number of messages, shared out over its tasks, and replays each one until it is
 * acked. A task that starts again goes on after what the ledger says was acked already.
 */
public abstract class ReplayingSpout extends BaseRichSpout {
  private static final long serialVersionUID = 1;

  private final int messages;

  private transient SpoutOutputCollector collector;
  private transient Ledger ledger;
  private transient Map<String, Integer> attempts;
  private transient Queue<String> replays;
  private transient Set<String> done;
  private transient int next;
  private transient int step;
  private transient long emissions;

  protected ReplayingSpout(int messages) {
    this.messages = messages;
  }

  /** The name of the message with that number, unique within the component. */
  protected abstract String messageId(int number);

  /** Emits one message and returns the tasks that got it. */
  protected abstract List<Integer> emit(
      SpoutOutputCollector collector, String id, int attempt, long emission);

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {
    this.collector = collector;
    ledger = Ledger.open(conf, context);
    attempts = new HashMap<>();
    replays = new ArrayDeque<>();
    done = Ledger.read(conf, context.getThisComponentId(), "ack");
    next = context.getThisTaskIndex();
    step = context.getComponentTasks(context.getThisComponentId()).size();
    // the name is pid@host
    ledger.record("open", ManagementFactory.getRuntimeMXBean().getName().split("@")[0]);
  }

  @Override
  public void activate() {
    ledger.record("activate");
  }

  @Override
  public void deactivate() {
    ledger.record("deactivate");
  }

  @Override
  public void close() {
    ledger.record("close");
  }

  @Override
  public void nextTuple() {
    String id = replays.isEmpty() ? fresh() : replays.remove();
    if (id == null) {
      return;
    }
    int attempt = attempts.merge(id, 1, Integer::sum);
    emissions++;
    List<Integer> targets = emit(collector, id, attempt, emissions);
    ledger.record("emit", id, attempt, emissions, targets);
  }

  private String fresh() {
    while (next < messages) {
      String id = messageId(next);
      next += step;
      if (!done.contains(id)) {
        return id;
      }
    }
    return null;
  }

  @Override
  public void ack(Object id) {
    ledger.record("ack", id, Thread.currentThread().getId());
  }

  @Override
  public void fail(Object id) {
    ledger.record("fail", id, Thread.currentThread().getId());
    replays.add((String) id);
  }
}
