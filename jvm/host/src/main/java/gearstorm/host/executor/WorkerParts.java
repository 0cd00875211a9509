package gearstorm.host.executor;

import gearstorm.host.plan.ExecutionPlan;

/** What all executors of one worker share. */
record WorkerParts(
    ExecutorSetup setup, TaskDirectory directory, Wiring wiring, Life life, DebtKeeper debts) {
  ExecutionPlan plan() {
    return setup.plan();
  }

  long nowNs() {
    return setup.nanoTime().getAsLong();
  }

  boolean isLocal(final int task) {
    return plan().executorOf(task).worker() == setup.workerIndex();
  }
}
