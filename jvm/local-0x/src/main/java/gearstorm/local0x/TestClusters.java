package gearstorm.local0x;

import backtype.storm.LocalCluster;
import backtype.storm.testing.MkClusterParam;
import backtype.storm.testing.TestJob;
import backtype.storm.utils.Time;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Clusters for the time of one test. */
public final class TestClusters {
  private static final int SUPERVISORS = 2;
  private static final int PORTS = 3;

  private TestClusters() {}

  /** Runs the job with a cluster of its own. */
  public static void with(final MkClusterParam param, final TestJob job) {
    with(param, state -> state, state -> {}, job);
  }

  /** The same with a cluster that is tracked. */
  public static void withTracked(final MkClusterParam param, final TestJob job) {
    with(param, Tracking::begin, Tracking::end, job);
  }

  /** Does the work while Storm's time is a simulated one. */
  public static void inSimulatedTime(final Runnable work) {
    Time.startSimulating();
    try {
      work.run();
    } finally {
      Time.stopSimulating();
    }
  }

  private interface End {
    void of(Map<Object, Object> state);
  }

  private static void with(
      final MkClusterParam param,
      final UnaryOperator<Map<Object, Object>> begin,
      final End end,
      final TestJob job) {
    final LocalRuntime runtime =
        LocalClusters.start(settings(param), TestClusters.class.getClassLoader());
    try {
      final Map<Object, Object> state = begin.apply(ClusterState.of(runtime));
      Sneaky.call(
          () -> {
            job.run(new LocalCluster(state));
            return null;
          });
      end.of(state);
    } finally {
      runtime.shutdown();
    }
  }

  private static ClusterSettings settings(final MkClusterParam param) {
    final Integer supervisors = param.getSupervisors();
    final Integer ports = param.getPortsPerSupervisor();
    return ClusterSettings.forTests(
        supervisors == null ? SUPERVISORS : supervisors,
        ports == null ? PORTS : ports,
        param.getDaemonConf());
  }
}
