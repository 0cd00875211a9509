package gearstorm.host.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a bridge needs to build Storm's contexts; all collections are immutable.
 *
 * @param systemTopologyFile the topology with the components and streams that Storm adds
 * @param configJson the topology configuration as one JSON object
 * @param taskToComponent every task of the system topology, with -1 for {@code __system}
 * @param componentStreams streams of every component of the system topology, sorted by stream id
 * @param componentConfigJson what each component's executors see as configuration
 * @param workerTasks tasks that run in this process
 */
public record WorkerEnvironment(
    ClassLoader topologyLoader,
    String stormId,
    String topologyName,
    Path topologyFile,
    Path systemTopologyFile,
    String configJson,
    Path codeDir,
    Path pidDir,
    Path logFile,
    int workerPort,
    Map<Integer, String> taskToComponent,
    Map<String, List<StreamInfo>> componentStreams,
    Map<String, String> componentConfigJson,
    List<Integer> workerTasks) {}
