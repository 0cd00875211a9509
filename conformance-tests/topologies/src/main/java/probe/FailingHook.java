package probe;

import backtype.storm.hooks.BaseTaskHook;
import backtype.storm.hooks.info.BoltAckInfo;
import backtype.storm.hooks.info.BoltExecuteInfo;
import backtype.storm.hooks.info.EmitInfo;
import backtype.storm.hooks.info.SpoutAckInfo;
import backtype.storm.task.TopologyContext;
import java.util.Map;

// clause: uncaught-exception, hook-calls
/** Fails where it is told, on one task each. */
public final class FailingHook extends BaseTaskHook {
  private Failures failures;
  private String component;

  @Override
  public void prepare(Map conf, TopologyContext context) {
    failures = Failures.of(conf);
    component = context.getThisComponentId();
    at("bolt", "hook prepare");
  }

  @Override
  public void emit(EmitInfo info) {
    if (info.stream.equals("default")) {
      at("spout", "hook emit");
    }
  }

  @Override
  public void boltExecute(BoltExecuteInfo info) {
    at("bolt", "hook boltExecute");
  }

  @Override
  public void boltAck(BoltAckInfo info) {
    at("bolt", "hook boltAck");
  }

  @Override
  public void spoutAck(SpoutAckInfo info) {
    at("spout", "hook spoutAck");
  }

  private void at(String owner, String place) {
    if (component.equals(owner)) {
      failures.at(place);
    }
  }
}
