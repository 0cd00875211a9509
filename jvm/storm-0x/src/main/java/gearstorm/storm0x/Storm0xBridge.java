package gearstorm.storm0x;

import gearstorm.host.spi.ComponentInspection;
import gearstorm.host.spi.GenerationBridge;
import gearstorm.host.spi.TopologyBridge;
import gearstorm.host.spi.WorkerEnvironment;
import java.nio.file.Path;
import java.util.List;

/** The bridge to backtype.storm: storm-core 0.9 or 0.10, whichever the topology's loader holds. */
public final class Storm0xBridge implements GenerationBridge {
  @Override
  public List<ComponentInspection> inspect(
      final Path topologyFile, final ClassLoader topologyLoader, final List<String> shellClasses)
      throws Exception {
    return new ComponentInspector(StormTopologies.read(topologyFile), topologyLoader, shellClasses)
        .inspect();
  }

  @Override
  public TopologyBridge open(final WorkerEnvironment environment) throws Exception {
    final WorkerLog log = WorkerLog.open(environment);
    return new Storm0xTopology(
        environment,
        StormTopologies.read(environment.topologyFile()),
        StormTopologies.read(environment.systemTopologyFile()),
        log);
  }
}
