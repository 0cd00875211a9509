package gearstorm.local0x;

import backtype.storm.generated.StormTopology;
import backtype.storm.testing.TrackedTopology;
import backtype.storm.utils.RegisteredGlobalState;
import clojure.lang.Keyword;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Clusters in which a test can wait until nothing is under way any more. */
public final class Tracking {
  private static final String EMITTED = "spout-emitted";
  private static final String PROCESSED = "processed";
  private static final String TRACK_ID = "track-id";
  private static final Keyword TOPOLOGY = Keyword.intern("topology");
  private static final Keyword CLUSTER = Keyword.intern("cluster");
  private static final Keyword LAST_EMIT = Keyword.intern("last-spout-emit");

  private Tracking() {}

  /** Adds to a cluster's state that it is tracked. */
  public static Map<Object, Object> begin(final Map<?, ?> cluster) {
    final Map<Object, Object> tracked = new HashMap<>(cluster);
    final String id = UUID.randomUUID().toString();
    final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    counts.put(EMITTED, new AtomicInteger());
    counts.put(PROCESSED, new AtomicInteger());
    RegisteredGlobalState.setState(id, counts);
    tracked.put(TRACK_ID, id);
    return tracked;
  }

  public static void end(final Map<?, ?> cluster) {
    RegisteredGlobalState.clearState((String) cluster.get(TRACK_ID));
  }

  /** A copy whose spouts count. */
  public static TrackedTopology track(final Map<?, ?> cluster, final StormTopology users) {
    final StormTopology topology = users.deepCopy();
    TestTopologies.track(topology, (String) cluster.get(TRACK_ID));
    final Map<Object, Object> tracked = new HashMap<>();
    tracked.put(TOPOLOGY, topology);
    tracked.put(CLUSTER, cluster);
    tracked.put(LAST_EMIT, new AtomicInteger());
    return new TrackedTopology(tracked);
  }

  /** Waits until the spouts have emitted so many more tuples, and all they led to is done. */
  public static void await(final TrackedTopology topology, final int amount, final int timeoutMs) {
    final Map<?, ?> cluster = (Map<?, ?>) topology.get(CLUSTER);
    final AtomicInteger last = (AtomicInteger) topology.get(LAST_EMIT);
    final int target = last.get() + amount;
    final AtomicInteger emitted = emitted((String) cluster.get(TRACK_ID));
    final LocalRuntime runtime = ClusterState.runtimeOf(cluster);
    Patience.await(
        amount + " more tuples and their end",
        timeoutMs,
        () -> emitted.get() == target && SimulatedTime.isCalm(runtime),
        () -> {});
    last.set(target);
  }

  /** What Storm's tests wait for, in milliseconds. */
  public static int usualTimeoutMs() {
    return Patience.usualMs();
  }

  private static AtomicInteger emitted(final String trackId) {
    return (AtomicInteger) ((Map<?, ?>) RegisteredGlobalState.getState(trackId)).get(EMITTED);
  }
}
