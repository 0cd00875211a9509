package gearstorm.host.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gearstorm.host.plan.ExecutionPlan;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.plan.Processor;
import gearstorm.host.plan.WorkerPlan;
import gearstorm.host.spi.DrpcPort;
import gearstorm.host.spi.WorkerEnvironment;
import gearstorm.host.transport.WireVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkerEnvironmentsTest {
  // clause: context-places
  @Test
  void theTasksOfAWorkerHaveAckersAmongThemAsStormDealsThem() {
    // Storm deals 1 to 5 over two workers: 1, 3, 5 and 2, 4; here the worker of 2 comes first
    assertEquals(List.of(2, 4), tasks(plan(1, 4, 2), 0));
    assertEquals(List.of(1, 3, 5), tasks(plan(1, 4, 2), 1));
    assertEquals(List.of(1, 3, 5), tasks(plan(2, 3, 2), 0));
    assertEquals(List.of(2, 4), tasks(plan(2, 3, 2), 1));
    assertEquals(List.of(1, 2, 3), tasks(plan(2, 1, 1), 0));
    assertEquals(List.of(1), tasks(plan(0, 1, 1), 0));
  }

  // clause: conf-json
  @Test
  void whatAComponentSetsItselfDoesNotComeFromYaml() {
    final WorkerEnvironment environment = environment(plan(1, 1, 1), 0);
    assertEquals(Set.of("a", "b"), environment.yamlKeys());
    assertEquals(
        Map.of("__acker", Set.of("a", "b"), "bolt", Set.of("b")), environment.componentYamlKeys());
  }

  private static List<Integer> tasks(final ExecutionPlan plan, final int worker) {
    return environment(plan, worker).workerTasks();
  }

  private static WorkerEnvironment environment(final ExecutionPlan plan, final int worker) {
    final WorkerAssignment assignment =
        new WorkerAssignment(
            WireVersion.CURRENT,
            "00ff",
            "t-1-2",
            "t",
            "0.9",
            1,
            worker,
            6700,
            1,
            "/control",
            "/data",
            "/plan",
            "/topology",
            "/system",
            "/config",
            "/credentials",
            "/code",
            "/pids",
            "/log",
            List.of(),
            List.of(),
            60,
            true);
    return WorkerEnvironments.of(assignment, plan, "{}", DrpcPort.NONE, Surroundings.ownProcess());
  }

  /** Ackers first, then the tasks of one bolt, each with an executor of its own. */
  private static ExecutionPlan plan(final int ackers, final int tasks, final int workers) {
    final List<Integer> bolts = IntStream.rangeClosed(ackers + 1, ackers + tasks).boxed().toList();
    return new ExecutionPlan(
        2,
        "t-1-2",
        "t",
        "0.9",
        Set.of("a", "b"),
        List.of(
            processor("__acker", IntStream.rangeClosed(1, ackers).boxed().toList(), Set.of()),
            processor("bolt", bolts, Set.of("a"))),
        IntStream.range(0, tasks)
            .mapToObj(n -> new ExecutorPlan("bolt", bolts.get(n), bolts.get(n), n % workers))
            .toList(),
        IntStream.range(0, workers).mapToObj(n -> new WorkerPlan(n, 6700 + n)).toList(),
        List.of());
  }

  private static Processor processor(
      final String id, final List<Integer> tasks, final Set<String> ownKeys) {
    return new Processor(id, Processor.Kind.BOLT, "java", tasks, List.of(), "{}", ownKeys, null);
  }
}
