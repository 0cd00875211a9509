package gearstorm.host.executor;

import gearstorm.host.flow.Roster;
import gearstorm.host.plan.ExecutionPlan;
import gearstorm.host.plan.Processor;

/** What all executors of one worker share. */
record WorkerParts(
    ExecutorSetup setup,
    TaskDirectory directory,
    Wiring wiring,
    Life life,
    DebtKeeper debts,
    Roster roster,
    SleepBudget sleeps) {
  ExecutionPlan plan() {
    return setup.plan();
  }

  long nowNs() {
    return setup.nanoTime().getAsLong();
  }

  /** How many executors this worker has. */
  int executorCount() {
    return plan().executorsOf(setup.workerIndex()).size();
  }

  /** How many of them run spouts. */
  int spoutExecutors() {
    return (int)
        plan().executorsOf(setup.workerIndex()).stream()
            .filter(each -> plan().processor(each.component()).kind() == Processor.Kind.SPOUT)
            .count();
  }

  boolean isLocal(final int task) {
    return plan().executorOf(task).worker() == setup.workerIndex();
  }
}
