package gearstorm.storm0x;

import backtype.storm.Config;
import backtype.storm.generated.StormTopology;
import backtype.storm.metric.api.IMetric;
import backtype.storm.task.TopologyContext;
import backtype.storm.task.WorkerTopologyContext;
import clojure.lang.Atom;
import gearstorm.host.json.JsonText;
import gearstorm.host.spi.ExecutorScope;
import gearstorm.host.spi.WorkerEnvironment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the contexts that user code sees; those of tasks on the topology as the user built it. */
final class TaskContexts {
  private final WorkerEnvironment environment;
  private final StormTopology topology;
  private final StormTopology systemTopology;
  private final ContextParts parts;

  /** As those of 0.10 are. */
  private final boolean wordyLogs;

  private final Map<ExecutorScope, ExecutorShare> executors = new ConcurrentHashMap<>();
  private final Map<String, Map<?, ?>> componentConfs = new ConcurrentHashMap<>();

  /**
   * @param topology what the contexts of tasks show
   * @param systemTopology what the contexts of groupings show
   */
  TaskContexts(
      final WorkerEnvironment environment,
      final StormTopology topology,
      final StormTopology systemTopology) {
    this.environment = environment;
    this.topology = topology;
    this.systemTopology = systemTopology;
    this.parts = ContextParts.of(environment);
    this.wordyLogs = FieldsHash.ofStormIn(environment.topologyLoader()) == FieldsHash.DEEP;
  }

  ContextParts parts() {
    return parts;
  }

  /** The configuration that open and prepare get: the component's own over the topology's. */
  Map<?, ?> componentConf(final String component) {
    return componentConfs.computeIfAbsent(
        component,
        each ->
            ClojureData.config(
                JsonText.object(environment.componentConfigJson().get(each)),
                environment.componentYamlKeys().get(each)));
  }

  /**
   * @throws Exception when a configured task hook cannot be made
   */
  TaskContext newTask(final String component, final int task, final ExecutorScope scope)
      throws Exception {
    final ExecutorShare share =
        executors.computeIfAbsent(
            scope, each -> new ExecutorShare(new HashMap<>(), new Atom(Boolean.FALSE)));
    final TaskHooks hooks = TaskHooks.of(newTopologyContext(task, scope, share), task);
    hooks.addConfigured(componentConf(component), environment.topologyLoader());
    return new TaskContext(
        componentConf(component),
        hooks,
        new TaskMetrics(share.metrics(), hostName(), environment.workerPort(), component, task),
        DebugLog.of(componentConf(component), component, task, wordyLogs),
        task == scope.lastTask() ? share.openOrPrepareWasCalled() : null);
  }

  private TopologyContext newTopologyContext(
      final int task, final ExecutorScope scope, final ExecutorShare share) {
    return new TopologyContext(
        topology,
        parts.conf(),
        parts.taskToComponent(),
        parts.componentToTasks(),
        parts.componentToFields(),
        parts.stormId(),
        environment.codeDir().toString(),
        environment.pidDir().toString(),
        task,
        environment.workerPort(),
        environment.workerTasks(),
        parts.defaultResources(),
        parts.userResources(),
        scope.data(),
        share.metrics(),
        share.openOrPrepareWasCalled());
  }

  /** What Storm calls this machine. */
  private String hostName() {
    if (parts.conf().get(Config.STORM_LOCAL_HOSTNAME) instanceof String name) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getCanonicalHostName();
    } catch (UnknownHostException nameless) {
      return InetAddress.getLoopbackAddress().getHostName();
    }
  }

  /** The context that groupings get: as in Storm on the topology with Storm's own components. */
  WorkerTopologyContext newWorkerContext() {
    return new WorkerTopologyContext(
        systemTopology,
        parts.conf(),
        parts.taskToComponent(),
        parts.componentToTasks(),
        parts.componentToFields(),
        parts.stormId(),
        environment.codeDir().toString(),
        environment.pidDir().toString(),
        environment.workerPort(),
        environment.workerTasks(),
        parts.defaultResources(),
        parts.userResources());
  }

  /**
   * What the tasks of one executor share beyond their executor data; touched by its thread only.
   *
   * @param metrics registered metrics by interval, task and name
   * @param openOrPrepareWasCalled true once its tasks are open: no metric is registered after that
   */
  private record ExecutorShare(
      Map<Integer, Map<Integer, Map<String, IMetric>>> metrics, Atom openOrPrepareWasCalled) {}

  /**
   * @param debugLog null unless topology.debug is on
   * @param closesRegistration what to set once this task is open; null unless it is the last one
   */
  record TaskContext(
      Map<?, ?> conf,
      TaskHooks hooks,
      TaskMetrics metrics,
      DebugLog debugLog,
      Atom closesRegistration) {
    TopologyContext context() {
      return hooks.context();
    }

    void opened() {
      if (closesRegistration != null) {
        closesRegistration.reset(Boolean.TRUE);
      }
    }
  }
}
