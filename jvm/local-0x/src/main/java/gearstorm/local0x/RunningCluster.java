package gearstorm.local0x;

import backtype.storm.Config;
import backtype.storm.ILocalCluster;
import backtype.storm.generated.ClusterSummary;
import backtype.storm.generated.KillOptions;
import backtype.storm.generated.Nimbus;
import backtype.storm.generated.RebalanceOptions;
import backtype.storm.generated.StormTopology;
import backtype.storm.generated.SubmitOptions;
import backtype.storm.generated.TopologyInfo;
import java.util.List;
import java.util.Map;

/**
 * What LocalCluster of 0.9 has and that of 0.10 too, whose one method more names a class that 0.9
 * does not have: whoever looks at the methods of a class by reflection, as Clojure does, would not
 * get any. So each release has a LocalCluster of its own, which is this one.
 */
@SuppressWarnings("rawtypes") // as Storm declares them
public abstract class RunningCluster implements ILocalCluster {
  private final LocalRuntime runtime;
  private final Map state;

  protected RunningCluster() {
    this(ClusterSettings.usual());
  }

  /** With a ZooKeeper that runs already. */
  protected RunningCluster(final String zkHost, final Long zkPort) {
    this(
        ClusterSettings.usualWith(
            Map.of(
                Config.STORM_ZOOKEEPER_SERVERS,
                List.of(zkHost),
                Config.STORM_ZOOKEEPER_PORT,
                zkPort)));
  }

  /**
   * Another door to a cluster that runs.
   *
   * @param state what its {@link #getState} told
   */
  protected RunningCluster(final Map state) {
    this.runtime = ClusterState.runtimeOf(state);
    this.state = state;
  }

  private RunningCluster(final ClusterSettings settings) {
    this.runtime = LocalClusters.start(settings, RunningCluster.class.getClassLoader());
    this.state = ClusterState.of(runtime);
  }

  @Override
  public void submitTopology(
      final String topologyName, final Map conf, final StormTopology topology) {
    submitTopologyWithOpts(topologyName, conf, topology, null);
  }

  @Override
  public void submitTopologyWithOpts(
      final String topologyName,
      final Map conf,
      final StormTopology topology,
      final SubmitOptions submitOpts) {
    act(() -> runtime.submit(topologyName, conf, topology, submitOpts));
  }

  @Override
  public void killTopology(final String topologyName) {
    act(() -> nimbus().killTopology(topologyName));
  }

  @Override
  public void killTopologyWithOpts(final String name, final KillOptions options) {
    act(() -> nimbus().killTopologyWithOpts(name, options));
  }

  @Override
  public void activate(final String topologyName) {
    act(() -> nimbus().activate(topologyName));
  }

  @Override
  public void deactivate(final String topologyName) {
    act(() -> nimbus().deactivate(topologyName));
  }

  @Override
  public void rebalance(final String name, final RebalanceOptions options) {
    act(() -> nimbus().rebalance(name, options));
  }

  @Override
  public void shutdown() {
    runtime.shutdown();
  }

  @Override
  public String getTopologyConf(final String id) {
    return Sneaky.call(() -> nimbus().getTopologyConf(id));
  }

  @Override
  public StormTopology getTopology(final String id) {
    return Sneaky.call(() -> nimbus().getTopology(id));
  }

  @Override
  public ClusterSummary getClusterInfo() {
    return Sneaky.call(() -> nimbus().getClusterInfo());
  }

  @Override
  public TopologyInfo getTopologyInfo(final String id) {
    return Sneaky.call(() -> nimbus().getTopologyInfo(id));
  }

  @Override
  public Map getState() {
    return state;
  }

  protected final Nimbus.Iface nimbus() {
    return runtime.nimbus();
  }

  /** Something that Nimbus may refuse. */
  protected interface Action {
    void run() throws Exception;
  }

  /** Does it, and lets what it throws through as it is. */
  protected static void act(final Action action) {
    Sneaky.call(
        () -> {
          action.run();
          return null;
        });
  }
}
