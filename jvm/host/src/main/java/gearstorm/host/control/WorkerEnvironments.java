package gearstorm.host.control;

import gearstorm.host.plan.ExecutionPlan;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.plan.PlannedStream;
import gearstorm.host.plan.Processor;
import gearstorm.host.spi.DrpcPort;
import gearstorm.host.spi.StreamInfo;
import gearstorm.host.spi.WorkerEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the bridge needs, out of the assignment and the plan. */
final class WorkerEnvironments {
  private WorkerEnvironments() {}

  static WorkerEnvironment of(
      final WorkerAssignment assignment,
      final ExecutionPlan plan,
      final String configJson,
      final DrpcPort drpc,
      final Surroundings surroundings) {
    return new WorkerEnvironment(
        surroundings.topologyLoader(),
        assignment.stormId(),
        assignment.topologyName(),
        Path.of(assignment.topologyFile()),
        Path.of(assignment.systemTopologyFile()),
        configJson,
        Path.of(assignment.codeDir()),
        Path.of(assignment.pidDir()),
        surroundings.ownsProcess() ? Path.of(assignment.logFile()) : null,
        assignment.port(),
        taskToComponent(plan),
        plan.processors().stream()
            .collect(Collectors.toUnmodifiableMap(Processor::id, WorkerEnvironments::streams)),
        plan.processors().stream()
            .collect(Collectors.toUnmodifiableMap(Processor::id, Processor::configJson)),
        plan.yamlKeys(),
        plan.processors().stream()
            .collect(Collectors.toUnmodifiableMap(Processor::id, each -> yamlKeys(plan, each))),
        workerTasks(plan, assignment.workerIndex()),
        drpc);
  }

  private static Map<Integer, String> taskToComponent(final ExecutionPlan plan) {
    final Map<Integer, String> components = new HashMap<>();
    components.put(ExecutionPlan.SYSTEM_TASK, ExecutionPlan.SYSTEM_COMPONENT);
    for (final Processor processor : plan.processors()) {
      processor.tasks().forEach(task -> components.put(task, processor.id()));
    }
    return Map.copyOf(components);
  }

  private static List<StreamInfo> streams(final Processor processor) {
    final List<StreamInfo> streams = new ArrayList<>();
    for (final PlannedStream stream : processor.streams()) {
      streams.add(new StreamInfo(processor.id(), stream.id(), streams.size(), stream.fields()));
    }
    return List.copyOf(streams);
  }

  private static Set<String> yamlKeys(final ExecutionPlan plan, final Processor processor) {
    return plan.yamlKeys().stream()
        .filter(key -> !processor.ownConfigKeys().contains(key))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<Integer> workerTasks(final ExecutionPlan plan, final int worker) {
    return Stream.concat(
            plan.executorsOf(worker).stream().flatMap(WorkerEnvironments::tasks),
            ackerTasks(plan, worker))
        .sorted()
        .toList();
  }

  /**
   * Storm deals executors over the workers in the order of their tasks, and those of {@code
   * __acker} usually come first; where they do, these are the ackers that stand beside the
   * executors of this worker.
   */
  private static Stream<Integer> ackerTasks(final ExecutionPlan plan, final int worker) {
    final List<Integer> ackers =
        plan.processors().stream()
            .filter(processor -> processor.id().equals(ExecutionPlan.ACKER_COMPONENT))
            .flatMap(processor -> processor.tasks().stream())
            .toList();
    return IntStream.range(0, ackers.size())
        .filter(index -> Math.floorMod(index - ackers.size(), plan.workers().size()) == worker)
        .mapToObj(ackers::get);
  }

  private static Stream<Integer> tasks(final ExecutorPlan executor) {
    return IntStream.rangeClosed(executor.firstTask(), executor.lastTask()).boxed();
  }
}
