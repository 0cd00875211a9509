package gearstorm.storm0x;

import backtype.storm.hooks.ITaskHook;
import backtype.storm.hooks.info.BoltAckInfo;
import backtype.storm.hooks.info.BoltExecuteInfo;
import backtype.storm.hooks.info.BoltFailInfo;
import backtype.storm.hooks.info.EmitInfo;
import backtype.storm.hooks.info.SpoutAckInfo;
import backtype.storm.hooks.info.SpoutFailInfo;
import backtype.storm.task.TopologyContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A task hook that writes down what it is told. */
@SuppressWarnings("rawtypes") // Storm's interface is
public final class RecordingHook implements ITaskHook {
  final List<String> calls = new ArrayList<>();

  static RecordingHook of(final TopologyContext context) {
    return (RecordingHook) context.getHooks().iterator().next();
  }

  @Override
  public void prepare(final Map conf, final TopologyContext context) {
    calls.add("prepare task " + context.getThisTaskId() + " conf " + conf.containsKey("my.key"));
  }

  @Override
  public void cleanup() {
    calls.add("cleanup");
  }

  @Override
  public void emit(final EmitInfo info) {
    calls.add(
        "emit " + info.values + " " + info.stream + " " + info.taskId + " to " + info.outTasks);
  }

  @Override
  public void spoutAck(final SpoutAckInfo info) {
    calls.add("spoutAck " + info.messageId + " " + info.spoutTaskId + " " + info.completeLatencyMs);
  }

  @Override
  public void spoutFail(final SpoutFailInfo info) {
    calls.add("spoutFail " + info.messageId + " " + info.spoutTaskId + " " + info.failLatencyMs);
  }

  @Override
  public void boltExecute(final BoltExecuteInfo info) {
    calls.add(
        "boltExecute "
            + info.tuple.getValues()
            + " "
            + info.executingTaskId
            + " "
            + info.executeLatencyMs);
  }

  @Override
  public void boltAck(final BoltAckInfo info) {
    calls.add(
        "boltAck "
            + info.tuple.getValues()
            + " "
            + info.ackingTaskId
            + " "
            + info.processLatencyMs);
  }

  @Override
  public void boltFail(final BoltFailInfo info) {
    calls.add(
        "boltFail " + info.tuple.getValues() + " " + info.failingTaskId + " " + info.failLatencyMs);
  }
}
