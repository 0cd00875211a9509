package probe;

import backtype.storm.hooks.ITaskHook;
import backtype.storm.hooks.info.BoltAckInfo;
import backtype.storm.hooks.info.BoltExecuteInfo;
import backtype.storm.hooks.info.BoltFailInfo;
import backtype.storm.hooks.info.EmitInfo;
import backtype.storm.hooks.info.SpoutAckInfo;
import backtype.storm.hooks.info.SpoutFailInfo;
import backtype.storm.task.TopologyContext;
import backtype.storm.tuple.Tuple;
import java.io.Serializable;
import java.util.Map;

// clause: hook-calls
/** Notes every call that is not about a tick. */
public final class NotingHook implements ITaskHook, Serializable {
  private static final long serialVersionUID = 1;

  private final String name;
  private transient Notes notes;
  private transient String who;

  public NotingHook() {
    this("configured");
  }

  NotingHook(String name) {
    this.name = name;
  }

  @Override
  public void prepare(Map conf, TopologyContext context) {
    notes = Notes.of(conf);
    who = context.getThisComponentId() + " " + context.getThisTaskId();
    notes.note("hook", name, who, "prepare");
  }

  @Override
  public void cleanup() {}

  @Override
  public void emit(EmitInfo info) {
    if (!info.stream.startsWith("__")) {
      note("emit", Show.typed(info.values), info.stream, info.taskId, sorted(info));
    }
  }

  private static String sorted(EmitInfo info) {
    return Show.plain(new java.util.TreeSet<>(info.outTasks));
  }

  @Override
  public void boltExecute(BoltExecuteInfo info) {
    tuple("boltExecute", info.tuple, info.executingTaskId, info.executeLatencyMs);
  }

  @Override
  public void boltAck(BoltAckInfo info) {
    tuple("boltAck", info.tuple, info.ackingTaskId, info.processLatencyMs);
  }

  @Override
  public void boltFail(BoltFailInfo info) {
    tuple("boltFail", info.tuple, info.failingTaskId, info.failLatencyMs);
  }

  @Override
  public void spoutAck(SpoutAckInfo info) {
    note(
        "spoutAck",
        Show.typed(info.messageId),
        info.spoutTaskId,
        Show.kind(info.completeLatencyMs));
  }

  @Override
  public void spoutFail(SpoutFailInfo info) {
    note("spoutFail", Show.typed(info.messageId), info.spoutTaskId, Show.kind(info.failLatencyMs));
  }

  private void tuple(String call, Tuple tuple, int task, Object latency) {
    if (!tuple.getSourceStreamId().startsWith("__")) {
      note(call, Show.typed(tuple.getValues()), task, Show.kind(latency));
    }
  }

  private void note(String call, Object... facts) {
    Object[] cells = new Object[facts.length + 4];
    cells[0] = "hook";
    cells[1] = name;
    cells[2] = who;
    cells[3] = call;
    System.arraycopy(facts, 0, cells, 4, facts.length);
    notes.note(cells);
  }
}
