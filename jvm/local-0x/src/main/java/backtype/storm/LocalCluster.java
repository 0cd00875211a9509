package backtype.storm;

import backtype.storm.generated.ClusterSummary;
import backtype.storm.generated.KillOptions;
import backtype.storm.generated.Nimbus;
import backtype.storm.generated.RebalanceOptions;
import backtype.storm.generated.StormTopology;
import backtype.storm.generated.SubmitOptions;
import backtype.storm.generated.TopologyInfo;
import gearstorm.local0x.ClusterSettings;
import gearstorm.local0x.ClusterState;
import gearstorm.local0x.LocalClusters;
import gearstorm.local0x.LocalRuntime;
import gearstorm.local0x.Sneaky;
import java.util.List;
import java.util.Map;

/**
 * Storm's LocalCluster: topologies that run in this process, so that they share its statics. That
 * of 0.10 has a method more, {@code uploadNewCredentials}: it names a class that 0.9 does not have,
 * and whoever looks at the methods of this class by reflection, as Clojure does, would not get any.
 */
@SuppressWarnings("rawtypes") // as Storm declares them
public class LocalCluster implements ILocalCluster {
  private final LocalRuntime runtime;
  private final Map state;

  public LocalCluster() {
    this(ClusterSettings.usual());
  }

  /** With a ZooKeeper that runs already. */
  public LocalCluster(final String zkHost, final Long zkPort) {
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
  public LocalCluster(final Map state) {
    this.runtime = ClusterState.runtimeOf(state);
    this.state = state;
  }

  private LocalCluster(final ClusterSettings settings) {
    this.runtime = LocalClusters.start(settings, LocalCluster.class.getClassLoader());
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

  private Nimbus.Iface nimbus() {
    return runtime.nimbus();
  }

  private interface Action {
    void run() throws Exception;
  }

  private static void act(final Action action) {
    Sneaky.call(
        () -> {
          action.run();
          return null;
        });
  }
}
