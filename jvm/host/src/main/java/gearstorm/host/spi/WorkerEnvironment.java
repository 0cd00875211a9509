package gearstorm.host.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a bridge needs to build Storm's contexts; all collections are immutable.
 *
 * @param systemTopologyFile the topology with the components and streams that Storm adds
 * @param configJson the topology configuration as one JSON object
 * @param taskToComponent every task of the system topology, with -1 for {@code __system}
 * @param componentStreams streams of every component of the system topology, sorted by stream id
 * @param componentConfigJson what each component's executors see as configuration
 * @param logFile null when the process logs as somebody else set it up
 * @param yamlKeys keys of the configuration whose values stem from YAML, where a whole number is an
 *     Integer if it fits, not a Long as in JSON
 * @param componentYamlKeys the same of each component's configuration
 * @param workerTasks tasks that Storm would run in this process; those of {@code __acker}, which
 *     nothing runs here, among them
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
    Set<String> yamlKeys,
    Map<String, Set<String>> componentYamlKeys,
    List<Integer> workerTasks,
    DrpcPort drpc) {}
