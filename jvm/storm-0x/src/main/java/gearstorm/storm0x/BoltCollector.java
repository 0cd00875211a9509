package gearstorm.storm0x;

import backtype.storm.task.IOutputCollector;
import backtype.storm.tuple.Tuple;
import gearstorm.host.spi.BoltEmitter;
import gearstorm.host.spi.HostTuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What stands behind a bolt's OutputCollector. */
record BoltCollector(BoltEmitter emitter, TaskHooks hooks) implements IOutputCollector {
  @Override
  public List<Integer> emit(
      final String streamId, final Collection<Tuple> anchors, final List<Object> values) {
    // the usual case, without a list of our own
    if (anchors instanceof List<Tuple> list
        && list.size() == 1
        && list.get(0) instanceof LeanTuple anchor) {
      return emitter.emit(streamId, anchor, values);
    }
    return emitter.emit(streamId, hostTuples(anchors), values);
  }

  @Override
  public void emitDirect(
      final int taskId,
      final String streamId,
      final Collection<Tuple> anchors,
      final List<Object> values) {
    emitter.emitDirect(taskId, streamId, hostTuples(anchors), values);
  }

  @Override
  public void ack(final Tuple input) {
    final HostTuple tuple = hostTuple(input);
    if (tuple != null) {
      hooks.onBoltAck(tuple, emitter.ack(tuple));
    }
  }

  @Override
  public void fail(final Tuple input) {
    final HostTuple tuple = hostTuple(input);
    if (tuple != null) {
      hooks.onBoltFail(tuple, emitter.fail(tuple));
    }
  }

  @Override
  public void reportError(final Throwable error) {
    emitter.reportError(error);
  }

  private static List<HostTuple> hostTuples(final Collection<Tuple> tuples) {
    if (tuples == null || tuples.isEmpty()) {
      return List.of();
    }
    final List<HostTuple> found = new ArrayList<>(tuples.size());
    for (final Tuple each : tuples) {
      final HostTuple tuple = hostTuple(each);
      if (tuple != null) {
        found.add(tuple);
      }
    }
    return found;
  }

  /** Null for a tuple that user code made itself and that belongs to no tree. */
  private static HostTuple hostTuple(final Tuple tuple) {
    if (tuple instanceof LeanTuple ours) {
      return ours;
    }
    if (tuple.getMessageId().getAnchors().isEmpty()) {
      return null;
    }
    throw new IllegalArgumentException(
        "this tuple was not received from the collector's bolt: " + tuple);
  }
}
