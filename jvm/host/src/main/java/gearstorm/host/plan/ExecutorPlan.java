package gearstorm.host.plan;

/**
 * Tasks {@code firstTask} to {@code lastTask} of one component, run by one thread.
 *
 * @param worker index into {@link ExecutionPlan#workers}
 */
public record ExecutorPlan(String component, int firstTask, int lastTask, int worker) {

  public boolean runs(final int task) {
    return firstTask <= task && task <= lastTask;
  }

  public int taskCount() {
    return lastTask - firstTask + 1;
  }
}
