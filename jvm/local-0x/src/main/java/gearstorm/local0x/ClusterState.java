package gearstorm.local0x;

import clojure.lang.Keyword;
import java.util.HashMap;
import java.util.Map;

/** What LocalCluster tells of itself: under Storm's Clojure keywords, what of it we have. */
public final class ClusterState {
  private static final String RUNTIME = "gearstorm";

  private ClusterState() {}

  /** A map of its own. */
  public static Map<Object, Object> of(final LocalRuntime runtime) {
    final Map<Object, Object> state = new HashMap<>();
    state.put(Keyword.intern("nimbus"), runtime.nimbus());
    state.put(Keyword.intern("daemon-conf"), runtime.settings().conf());
    state.put(RUNTIME, runtime);
    return state;
  }

  /**
   * @throws IllegalArgumentException when the map is none that {@link #of} made
   */
  public static LocalRuntime runtimeOf(final Map<?, ?> state) {
    if (state.get(RUNTIME) instanceof LocalRuntime runtime) {
      return runtime;
    }
    throw new IllegalArgumentException("this is not the state of a local cluster of Gearstorm");
  }
}
