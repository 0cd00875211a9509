package gearstorm.local0x;

import backtype.storm.generated.Bolt;
import backtype.storm.generated.ComponentCommon;
import backtype.storm.generated.ComponentObject;
import backtype.storm.generated.GlobalStreamId;
import backtype.storm.generated.Grouping;
import backtype.storm.generated.NullStruct;
import backtype.storm.generated.SpoutSpec;
import backtype.storm.generated.StormTopology;
import backtype.storm.generated.StreamInfo;
import backtype.storm.testing.CompletableSpout;
import backtype.storm.testing.FixedTuple;
import backtype.storm.testing.FixedTupleSpout;
import backtype.storm.testing.MemoryTransactionalSpout;
import backtype.storm.testing.SpoutTracker;
import backtype.storm.testing.TupleCaptureBolt;
import backtype.storm.topology.IRichSpout;
import backtype.storm.transactional.TransactionalSpoutCoordinator;
import backtype.storm.transactional.partitioned.PartitionedTransactionalSpoutExecutor;
import backtype.storm.utils.Utils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Changes topologies for tests, as Storm's own helpers do. */
final class TestTopologies {
  private TestTopologies() {}

  /** Has a bolt subscribe to everything that the topology's components emit. */
  static void capture(final StormTopology topology, final TupleCaptureBolt capturer) {
    final Map<GlobalStreamId, Grouping> inputs = new HashMap<>();
    topology.get_spouts().forEach((id, spout) -> addStreams(id, spout.get_common(), inputs));
    topology.get_bolts().forEach((id, bolt) -> addStreams(id, bolt.get_common(), inputs));
    final ComponentCommon common = new ComponentCommon(inputs, new HashMap<>());
    topology.put_to_bolts(UUID.randomUUID().toString(), new Bolt(object(capturer), common));
  }

  /** Puts spouts that emit these tuples in the place of the topology's own. */
  static void mock(final StormTopology topology, final Map<String, List<FixedTuple>> sources) {
    sources.forEach(
        (id, tuples) ->
            topology.get_spouts().get(id).set_spout_object(object(new FixedTupleSpout(tuples))));
  }

  /** Has the spouts count what they emit under the id. */
  static void track(final StormTopology topology, final String trackId) {
    for (final SpoutSpec each : topology.get_spouts().values()) {
      final IRichSpout spout = (IRichSpout) Utils.getSetComponentObject(each.get_spout_object());
      each.set_spout_object(object(new SpoutTracker(spout, trackId)));
    }
  }

  static List<Object> spouts(final StormTopology topology) {
    return topology.get_spouts().values().stream()
        .map(each -> Utils.getSetComponentObject(each.get_spout_object()))
        .toList();
  }

  /**
   * What tells whether a spout is done.
   *
   * @throws RuntimeException when the spout is none that ever is
   */
  static Completion completion(final Object spout) {
    if (spout instanceof FixedTupleSpout fixed) {
      return new Completion(
          () -> {}, () -> fixed.getSourceTuples().size() == fixed.getCompleted(), fixed::cleanup);
    }
    if (spout instanceof MemoryTransactionalSpout memory) {
      return new Completion(memory::startup, memory::isExhaustedTuples, memory::cleanup);
    }
    if (spout instanceof TransactionalSpoutCoordinator coordinator) {
      return completion(coordinator.getSpout());
    }
    if (spout instanceof PartitionedTransactionalSpoutExecutor executor) {
      return completion(executor.getPartitionedSpout());
    }
    if (spout instanceof CompletableSpout users) {
      return new Completion(
          users::startup, () -> Boolean.TRUE.equals(users.exhausted_QMARK_()), users::cleanup);
    }
    throw new RuntimeException(
        "Cannot complete topology unless every spout is a CompletableSpout (or mocked to be);"
            + " failed by "
            + spout);
  }

  private static void addStreams(
      final String component,
      final ComponentCommon common,
      final Map<GlobalStreamId, Grouping> inputs) {
    for (final Map.Entry<String, StreamInfo> stream : common.get_streams().entrySet()) {
      final Grouping grouping =
          stream.getValue().is_direct()
              ? Grouping.direct(new NullStruct())
              : Grouping.fields(List.of());
      inputs.put(new GlobalStreamId(component, stream.getKey()), grouping);
    }
  }

  private static ComponentObject object(final Object component) {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(component);
    } catch (IOException error) {
      throw new IllegalArgumentException("a component cannot be serialized: " + error, error);
    }
    return ComponentObject.serialized_java(bytes.toByteArray());
  }
}
