package acme.watched;

import acme.Ledger;
import backtype.storm.hooks.BaseTaskHook;
import backtype.storm.hooks.info.BoltAckInfo;
import backtype.storm.hooks.info.BoltExecuteInfo;
import backtype.storm.hooks.info.EmitInfo;
import backtype.storm.hooks.info.SpoutAckInfo;
import backtype.storm.task.TopologyContext;
import java.util.Map;

/** Writes down what its task does; a topology names it, or a component adds it. */
public final class RecordingHook extends BaseTaskHook {
  private final String kind;
  private Ledger ledger;

  /** As a topology's configuration makes it. */
  public RecordingHook() {
    this("auto");
  }

  RecordingHook(String kind) {
    this.kind = kind;
  }

  @Override
  public void prepare(Map conf, TopologyContext context) {
    ledger = Ledger.open(conf, context);
    ledger.record(kind, "prepare", context.getThisTaskId());
  }

  @Override
  public void emit(EmitInfo info) {
    // reports to metrics consumers are emits, too
    if (info.stream.equals("default")) {
      ledger.record(kind, "emit", info.values, info.outTasks);
    }
  }

  @Override
  public void spoutAck(SpoutAckInfo info) {
    ledger.record(kind, "spoutAck", info.messageId);
  }

  @Override
  public void boltExecute(BoltExecuteInfo info) {
    ledger.record(kind, "boltExecute", info.tuple.getValues());
  }

  @Override
  public void boltAck(BoltAckInfo info) {
    ledger.record(kind, "boltAck", info.tuple.getValues());
  }

  @Override
  public void cleanup() {
    ledger.record(kind, "cleanup");
  }
}
