package backtype.storm;

import backtype.storm.generated.StormTopology;
import backtype.storm.testing.CompleteTopologyParam;
import backtype.storm.testing.FixedTuple;
import backtype.storm.testing.MkClusterParam;
import backtype.storm.testing.MkTupleParam;
import backtype.storm.testing.TestJob;
import backtype.storm.testing.TrackedTopology;
import backtype.storm.tuple.Tuple;
import backtype.storm.utils.Utils;
import gearstorm.local0x.ClusterState;
import gearstorm.local0x.CompleteRun;
import gearstorm.local0x.Multiset;
import gearstorm.local0x.SimulatedTime;
import gearstorm.local0x.TestClusters;
import gearstorm.local0x.TestTuples;
import gearstorm.local0x.Tracking;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Storm's helpers for unit tests of topologies. */
@SuppressWarnings({"rawtypes", "unchecked"}) // as Storm declares them
public class Testing {
  /** As Storm's own has it. */
  public Testing() {}

  /**
   * Runs a topology until every spout is done.
   *
   * @return by component, the tuples that it emitted: see {@link #readTuples(Map, String)}
   * @throws AssertionError when that takes too long
   */
  public static Map completeTopology(
      final ILocalCluster cluster,
      final StormTopology topology,
      final CompleteTopologyParam param) {
    return new CompleteRun(ClusterState.runtimeOf(cluster.getState()), param).of(topology);
  }

  public static Map completeTopology(final ILocalCluster cluster, final StormTopology topology) {
    return completeTopology(cluster, topology, new CompleteTopologyParam());
  }

  public static void withSimulatedTime(final Runnable code) {
    TestClusters.inSimulatedTime(code);
  }

  public static void withLocalCluster(final TestJob code) {
    withLocalCluster(new MkClusterParam(), code);
  }

  public static void withLocalCluster(final MkClusterParam param, final TestJob code) {
    TestClusters.with(param, code);
  }

  public static void withSimulatedTimeLocalCluster(final TestJob code) {
    withSimulatedTimeLocalCluster(new MkClusterParam(), code);
  }

  public static void withSimulatedTimeLocalCluster(final MkClusterParam param, final TestJob code) {
    TestClusters.inSimulatedTime(() -> TestClusters.with(param, code));
  }

  public static void withTrackedCluster(final TestJob code) {
    withTrackedCluster(new MkClusterParam(), code);
  }

  public static void withTrackedCluster(final MkClusterParam param, final TestJob code) {
    TestClusters.withTracked(param, code);
  }

  /** The values of each tuple that a component emitted onto a stream. */
  public static List readTuples(
      final Map results, final String componentId, final String streamId) {
    final List<List<Object>> values = new ArrayList<>();
    final List<FixedTuple> tuples = (List<FixedTuple>) results.getOrDefault(componentId, List.of());
    for (final FixedTuple tuple : tuples) {
      if (tuple.stream.equals(streamId)) {
        values.add(tuple.values);
      }
    }
    return values;
  }

  public static List readTuples(final Map results, final String componentId) {
    return readTuples(results, componentId, Utils.DEFAULT_STREAM_ID);
  }

  public static TrackedTopology mkTrackedTopology(
      final ILocalCluster trackedCluster, final StormTopology topology) {
    return Tracking.track(trackedCluster.getState(), topology);
  }

  public static void trackedWait(final TrackedTopology topology) {
    trackedWait(topology, 1);
  }

  public static void trackedWait(final TrackedTopology topology, final Integer amount) {
    trackedWait(topology, amount, Tracking.usualTimeoutMs());
  }

  public static void trackedWait(
      final TrackedTopology topology, final Integer amount, final Integer timeoutMs) {
    Tracking.await(topology, amount, timeoutMs);
  }

  public static void advanceClusterTime(
      final ILocalCluster cluster, final Integer secs, final Integer step) {
    SimulatedTime.advance(ClusterState.runtimeOf(cluster.getState()), secs, step);
  }

  public static void advanceClusterTime(final ILocalCluster cluster, final Integer secs) {
    advanceClusterTime(cluster, secs, 1);
  }

  public static boolean multiseteq(final Collection one, final Collection other) {
    return Multiset.equal(one, other);
  }

  public static boolean multiseteq(final Map one, final Map other) {
    return Multiset.equal(one.entrySet(), other.entrySet());
  }

  /** A tuple to hand to a bolt, of fields field1, field2 and so on. */
  public static Tuple testTuple(final List values) {
    return testTuple(values, null);
  }

  public static Tuple testTuple(final List values, final MkTupleParam param) {
    return TestTuples.of(values, param);
  }
}
