package gearstorm.local0x;

import java.util.ArrayList;
import java.util.List;

/**
 * The clusters of this process. They are remembered here because user code makes them with a
 * constructor of Storm's, which nothing can be handed to.
 */
public final class LocalClusters {
  // guarded by the class
  private static final List<LocalRuntime> RUNNING = new ArrayList<>();
  private static LocalRuntime spare;

  private LocalClusters() {}

  /**
   * Starts one; where a spare one of the same settings waits, that is it.
   *
   * @param loader of user code
   */
  public static synchronized LocalRuntime start(
      final ClusterSettings settings, final ClassLoader loader) {
    if (spare != null && spare.settings().equals(settings)) {
      final LocalRuntime taken = spare;
      spare = null;
      return taken;
    }
    final LocalRuntime runtime = LocalRuntime.start(settings, loader);
    RUNNING.add(runtime);
    return runtime;
  }

  /** Starts one that somebody may take later. */
  static synchronized LocalRuntime startSpare(
      final ClusterSettings settings, final ClassLoader loader) {
    spare = start(settings, loader);
    return spare;
  }

  static synchronized boolean anyTopologyRuns() {
    return RUNNING.stream().anyMatch(LocalRuntime::hasTopologies);
  }

  static synchronized void shutdownAll() {
    RUNNING.forEach(LocalRuntime::shutdown);
  }
}
