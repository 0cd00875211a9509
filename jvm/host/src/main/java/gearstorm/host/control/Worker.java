package gearstorm.host.control;

import gearstorm.host.executor.Traffic;
import gearstorm.host.loading.TopologyClassPath;
import gearstorm.host.plan.ExecutionPlan;
import gearstorm.host.plan.PlanReader;
import gearstorm.host.spi.TopologyBridge;
import java.nio.file.Files;
import java.nio.file.Path;

/** The worker of one assignment. */
public final class Worker {
  private final WorkerControl control;

  private Worker(final WorkerControl control) {
    this.control = control;
  }

  /**
   * Puts it together, in the order of a worker's life. Returns when user code runs on the
   * executors' threads, or the worker has ended before it did.
   *
   * @throws Exception when the assignment, or what it names, cannot be used
   */
  public static Worker start(final Path assignmentFile, final Surroundings surroundings)
      throws Exception {
    final WorkerAssignment assignment = WorkerAssignment.read(assignmentFile);
    final ExecutionPlan plan =
        PlanReader.read(Path.of(assignment.planFile())).withSystemExecutors();
    final String configJson = Files.readString(Path.of(assignment.configFile()));
    final ControlDrpc drpc = new ControlDrpc(System::nanoTime);
    final TopologyBridge topology = open(assignment, plan, configJson, drpc, surroundings);
    final WorkerControl control = new WorkerControl(assignment, topology, drpc, surroundings);
    control.start();
    if (!control.awaitWelcome()) { // the slot must be ours first: no second copy of a task
      return new Worker(control);
    }
    try {
      control.running(
          WorkerTasks.start(assignment, plan, configJson, topology, surroundings, control));
    } catch (Exception | LinkageError error) {
      control.onLoadFailure(error);
    }
    return new Worker(control);
  }

  /** Ends it as if control had asked for that. */
  public void stop(final String reason) {
    control.onStop(reason);
  }

  /** What its executors have done so far. */
  public Traffic traffic() {
    return control.traffic();
  }

  /** The clock was moved: executors look again what is due. */
  public void clockMoved() {
    control.clockMoved();
  }

  private static TopologyBridge open(
      final WorkerAssignment assignment,
      final ExecutionPlan plan,
      final String configJson,
      final ControlDrpc drpc,
      final Surroundings surroundings)
      throws Exception {
    TopologyClassPath.check(assignment.classPath());
    return TopologyClassPath.bridge(surroundings.topologyLoader())
        .open(WorkerEnvironments.of(assignment, plan, configJson, drpc, surroundings));
  }
}
