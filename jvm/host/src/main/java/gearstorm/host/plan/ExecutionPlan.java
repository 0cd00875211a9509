package gearstorm.host.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What control wants to run: {@code plan.json}, the ExecutionPlan of translator/execution-plan.ts,
 * field for field.
 *
 * @param yamlKeys of the topology's configuration: what the cluster's YAML says there
 * @param processors every component of the system topology, in task order
 * @param routes by source component and stream; subscribers in Storm's map order
 */
public record ExecutionPlan(
    int planVersion,
    String stormId,
    String topologyName,
    String generation,
    Set<String> yamlKeys,
    List<Processor> processors,
    List<ExecutorPlan> executors,
    List<WorkerPlan> workers,
    List<Route> routes) {

  /** The component that Storm runs in every worker. */
  public static final String SYSTEM_COMPONENT = "__system";

  /** The component whose tasks are numbered and run nowhere. */
  public static final String ACKER_COMPONENT = "__acker";

  /** The task of {@link #SYSTEM_COMPONENT}, the same in every worker. */
  public static final int SYSTEM_TASK = -1;

  /**
   * @throws PlanFormatException when the plan has no such component
   */
  public Processor processor(final String component) {
    for (final Processor processor : processors) {
      if (processor.id().equals(component)) {
        return processor;
      }
    }
    throw new PlanFormatException("the plan has no component " + component);
  }

  /**
   * @throws PlanFormatException when no executor runs the task
   */
  public ExecutorPlan executorOf(final int task) {
    for (final ExecutorPlan executor : executors) {
      if (executor.runs(task)) {
        return executor;
      }
    }
    throw new PlanFormatException("the plan has no executor for task " + task);
  }

  /**
   * The plan with an executor of {@code __system} in every Java worker if anybody listens to it. A
   * plan does not list them, because they are in no scheduling: each worker has the same task.
   */
  public ExecutionPlan withSystemExecutors() {
    if (routesFrom(SYSTEM_COMPONENT).isEmpty()) {
      return this;
    }
    final List<ExecutorPlan> all = new ArrayList<>(executors);
    for (final WorkerPlan worker : workers) {
      if (!isNative(worker)) {
        all.add(new ExecutorPlan(SYSTEM_COMPONENT, SYSTEM_TASK, SYSTEM_TASK, worker.index()));
      }
    }
    return new ExecutionPlan(
        planVersion, stormId, topologyName, generation, yamlKeys, processors, all, workers, routes);
  }

  /** Native components share no worker with others. */
  private boolean isNative(final WorkerPlan worker) {
    return executorsOf(worker.index()).stream()
        .allMatch(executor -> processor(executor.component()).isNative());
  }

  /** The executors of one worker, in plan order. */
  public List<ExecutorPlan> executorsOf(final int worker) {
    return executors.stream().filter(executor -> executor.worker() == worker).toList();
  }

  /** The routes out of one component, in plan order. */
  public List<Route> routesFrom(final String component) {
    return routes.stream().filter(route -> route.source().equals(component)).toList();
  }

  /** The routes into one component, in plan order. */
  public List<Route> routesTo(final String component) {
    return routes.stream().filter(route -> route.target().equals(component)).toList();
  }
}
