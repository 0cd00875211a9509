package gearstorm.storm0x;

import backtype.storm.task.WorkerTopologyContext;
import backtype.storm.tuple.Fields;
import gearstorm.host.json.JsonText;
import gearstorm.host.spi.StreamInfo;
import gearstorm.host.spi.WorkerEnvironment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What all contexts of this worker share, in the collections that Storm's constructors take.
 *
 * @param conf the topology's configuration
 * @param taskToComponent every task of the system topology; as in Storm, not {@code __system}
 * @param componentToTasks sorted
 * @param componentToFields by component and stream, system streams included
 * @param defaultResources holds the executor service that tasks share
 */
record ContextParts(
    Map<?, ?> conf,
    Map<Integer, String> taskToComponent,
    Map<String, List<Integer>> componentToTasks,
    Map<String, Map<String, Fields>> componentToFields,
    String stormId,
    Map<String, Object> defaultResources,
    Map<String, Object> userResources) {
  private static final String POOL_SIZE = "topology.worker.shared.thread.pool.size";
  private static final int DEFAULT_POOL_SIZE = 4;

  static ContextParts of(final WorkerEnvironment environment) {
    final Map<?, ?> conf =
        ClojureData.config(JsonText.object(environment.configJson()), environment.yamlKeys());
    final Map<Integer, String> taskToComponent = new HashMap<>(environment.taskToComponent());
    taskToComponent.keySet().removeIf(task -> task <= 0);
    return new ContextParts(
        conf,
        taskToComponent,
        tasksByComponent(taskToComponent),
        fieldsByStream(environment.componentStreams()),
        environment.stormId(),
        new HashMap<>(Map.of(WorkerTopologyContext.SHARED_EXECUTOR, sharedExecutor(conf))),
        new HashMap<>());
  }

  private static Map<String, List<Integer>> tasksByComponent(
      final Map<Integer, String> taskToComponent) {
    final Map<String, List<Integer>> tasks = new HashMap<>();
    new TreeMap<>(taskToComponent)
        .forEach(
            (task, component) ->
                tasks.computeIfAbsent(component, each -> new java.util.ArrayList<>()).add(task));
    return tasks;
  }

  private static Map<String, Map<String, Fields>> fieldsByStream(
      final Map<String, List<StreamInfo>> componentStreams) {
    final Map<String, Map<String, Fields>> fields = new HashMap<>();
    componentStreams.forEach(
        (component, streams) -> {
          final Map<String, Fields> ofComponent = new HashMap<>();
          streams.forEach(stream -> ofComponent.put(stream.id(), new Fields(stream.fields())));
          fields.put(component, ofComponent);
        });
    return fields;
  }

  /** Ends the threads that tasks share, as Storm does. */
  void close() {
    ((ExecutorService) defaultResources.get(WorkerTopologyContext.SHARED_EXECUTOR)).shutdownNow();
  }

  private static ExecutorService sharedExecutor(final Map<?, ?> conf) {
    final int size = conf.get(POOL_SIZE) instanceof Number n ? n.intValue() : DEFAULT_POOL_SIZE;
    return Executors.newFixedThreadPool(size);
  }
}
