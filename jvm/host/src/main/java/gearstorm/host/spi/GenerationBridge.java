package gearstorm.host.spi;

import java.nio.file.Path;
import java.util.List;

/**
 * One Storm generation's side of the host: everything that names a Storm class lives behind this
 * interface, in a jar of its own, found with a ServiceLoader on the bridge's class loader.
 */
public interface GenerationBridge {
  /**
   * Loads every component of a serialized StormTopology without calling any user method beyond
   * deserialization and construction. A class that does not load is a finding, not an exception.
   *
   * @throws Exception when the file itself is not a topology
   */
  List<ComponentInspection> inspect(
      Path topologyFile, ClassLoader topologyLoader, List<String> shellClasses) throws Exception;

  /** Prepares to create tasks; called once per process. */
  TopologyBridge open(WorkerEnvironment environment) throws Exception;
}
