package gearstorm.host.control;

import gearstorm.host.loading.TopologyClassPath;
import gearstorm.host.plan.ExecutionPlan;
import gearstorm.host.plan.PlanReader;
import gearstorm.host.spi.TopologyBridge;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts the worker of one assignment together; the order is the life of a worker. */
public final class Worker {
  private Worker() {}

  /**
   * Returns when user code runs on the executors' threads; the process lives on.
   *
   * @throws Exception when the assignment, or what it names, cannot be used
   */
  public static void run(final Path assignmentFile) throws Exception {
    final WorkerAssignment assignment = WorkerAssignment.read(assignmentFile);
    final ExecutionPlan plan =
        PlanReader.read(Path.of(assignment.planFile())).withSystemExecutors();
    final String configJson = Files.readString(Path.of(assignment.configFile()));
    final TopologyBridge topology = open(assignment, plan, configJson);
    final WorkerControl control = new WorkerControl(assignment, topology);
    control.start();
    control.awaitWelcome(); // the slot must be ours before user code runs: no second copy of a task
    try {
      control.running(WorkerTasks.start(assignment, plan, configJson, topology, control));
    } catch (Exception | LinkageError error) {
      control.onLoadFailure(error);
    }
  }

  private static TopologyBridge open(
      final WorkerAssignment assignment, final ExecutionPlan plan, final String configJson)
      throws Exception {
    TopologyClassPath.check(assignment.classPath());
    return TopologyClassPath.bridge()
        .open(WorkerEnvironments.of(assignment, plan, configJson, TopologyClassPath.loader()));
  }
}
