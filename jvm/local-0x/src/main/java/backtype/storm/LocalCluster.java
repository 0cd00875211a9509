package backtype.storm;

import gearstorm.local0x.RunningCluster;
import java.util.Map;

/** Storm's LocalCluster: topologies that run in this process, so that they share its statics. */
@SuppressWarnings("rawtypes") // as Storm declares them
public class LocalCluster extends RunningCluster {
  public LocalCluster() {
    super();
  }

  /** With a ZooKeeper that runs already. */
  public LocalCluster(final String zkHost, final Long zkPort) {
    super(zkHost, zkPort);
  }

  /**
   * Another door to a cluster that runs.
   *
   * @param state what its {@link #getState} told
   */
  public LocalCluster(final Map state) {
    super(state);
  }
}
