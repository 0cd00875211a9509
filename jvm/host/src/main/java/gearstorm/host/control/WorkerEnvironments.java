package gearstorm.host.control;

import gearstorm.host.plan.ExecutionPlan;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.plan.PlannedStream;
import gearstorm.host.plan.Processor;
import gearstorm.host.spi.StreamInfo;
import gearstorm.host.spi.WorkerEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
      final ClassLoader topologyLoader) {
    return new WorkerEnvironment(
        topologyLoader,
        assignment.stormId(),
        assignment.topologyName(),
        Path.of(assignment.topologyFile()),
        Path.of(assignment.systemTopologyFile()),
        configJson,
        Path.of(assignment.codeDir()),
        Path.of(assignment.pidDir()),
        Path.of(assignment.logFile()),
        assignment.port(),
        taskToComponent(plan),
        plan.processors().stream()
            .collect(Collectors.toUnmodifiableMap(Processor::id, WorkerEnvironments::streams)),
        plan.processors().stream()
            .collect(Collectors.toUnmodifiableMap(Processor::id, Processor::configJson)),
        plan.executorsOf(assignment.workerIndex()).stream()
            .flatMap(WorkerEnvironments::tasks)
            .sorted()
            .toList());
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

  private static Stream<Integer> tasks(final ExecutorPlan executor) {
    return IntStream.rangeClosed(executor.firstTask(), executor.lastTask()).boxed();
  }
}
