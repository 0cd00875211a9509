package gearstorm.storm0x;

import gearstorm.host.spi.BoltEmitter;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.SpoutEmitter;
import gearstorm.host.spi.TaskCounts;
import java.util.ArrayList;
import java.util.List;

/** An executor's emitters that write down what was called. */
class RecordedEmits implements BoltEmitter, SpoutEmitter {
  FakeCounts counts = new FakeCounts();
  final List<String> calls = new ArrayList<>();

  private List<Integer> note(final String call) {
    calls.add(call);
    return List.of(7);
  }

  @Override
  public List<Integer> emit(
      final String stream, final List<HostTuple> anchors, final List<Object> values) {
    return note("emit " + stream + " " + anchors.size() + " anchors " + values);
  }

  @Override
  public List<Integer> emit(
      final String stream, final HostTuple anchor, final List<Object> values) {
    return note("emit " + stream + " one anchor " + values);
  }

  @Override
  public void emitDirect(
      final int task,
      final String stream,
      final List<HostTuple> anchors,
      final List<Object> values) {
    note("direct " + task + " " + stream + " " + anchors.size() + " anchors " + values);
  }

  @Override
  public List<Integer> emit(
      final String stream, final List<Object> values, final Object messageId) {
    return note("emit " + stream + " " + values + " id " + messageId);
  }

  @Override
  public void emitDirect(
      final int task, final String stream, final List<Object> values, final Object messageId) {
    note("direct " + task + " " + stream + " " + values + " id " + messageId);
  }

  @Override
  public long ack(final HostTuple tuple) {
    note("ack " + tuple.root());
    return 5_000_000;
  }

  @Override
  public long fail(final HostTuple tuple) {
    note("fail " + tuple.root());
    return -1;
  }

  @Override
  public TaskCounts counts() {
    return counts;
  }

  @Override
  public void reportError(final Throwable error) {
    note("error " + error.getMessage());
  }
}
