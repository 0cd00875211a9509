package gearstorm.host.executor;

import gearstorm.host.flow.Roster;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.plan.Processor;
import gearstorm.host.transport.Inlets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * All executors of one worker. They do nothing, not even create the user's components, before the
 * first {@link #activate}.
 */
public final class ExecutorGroup implements Inlets {
  private static final long STOP_PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);
  private static final long INTERRUPT_PATIENCE_NS = TimeUnit.SECONDS.toNanos(1);

  private final Life life = new Life();
  private final DebtKeeper debts = new DebtKeeper(life);
  private final Wiring wiring;
  private final List<TaskExecutor> executors = new ArrayList<>();

  /**
   * @throws gearstorm.host.plan.PlanFormatException when the plan contradicts itself
   */
  public ExecutorGroup(final ExecutorSetup setup) {
    final TaskDirectory directory = new TaskDirectory(setup.plan());
    wiring = new Wiring(setup, directory);
    final int processors = Runtime.getRuntime().availableProcessors();
    final SleepBudget sleeps = new SleepBudget(processors, setup.nanoTime().getAsLong());
    final WorkerParts parts =
        new WorkerParts(setup, directory, wiring, life, debts, new Roster(processors), sleeps);
    for (final ExecutorPlan plan : setup.plan().executorsOf(setup.workerIndex())) {
      add(parts, plan);
    }
  }

  /** Starts the threads. */
  public void start() {
    debts.start();
    executors.forEach(TaskExecutor::start);
  }

  /** Opens and prepares everything the first time; then spouts emit. */
  public void activate() {
    life.activate();
    executors.forEach(TaskExecutor::wake);
  }

  /**
   * Replaces the topology's credentials: components hear of them before they are opened, and the
   * open ones as soon as user code returns.
   *
   * @param credentials immutable; null when the topology was never given any
   */
  public void renewCredentials(final Map<String, String> credentials) {
    life.credentials(credentials);
    executors.forEach(TaskExecutor::wake);
  }

  /** Executors look again what is due: the clock was moved. */
  public void wake() {
    executors.forEach(TaskExecutor::wake);
  }

  /** Spouts stop emitting; bolts work on. */
  public void deactivate() {
    life.deactivate();
    executors.forEach(TaskExecutor::wake);
  }

  /**
   * Ends all threads, closing spouts and cleaning up bolts on their own. An executor that user code
   * keeps for 2 s is interrupted and after 1 s more left behind; an interrupt of the caller ends
   * the waiting at once.
   */
  public void stop() {
    life.stop();
    debts.wake();
    executors.forEach(TaskExecutor::wake);
    try {
      join(System.nanoTime() + STOP_PATIENCE_NS);
      executors.forEach(executor -> executor.thread().interrupt());
      join(System.nanoTime() + INTERRUPT_PATIENCE_NS);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  /** The same as sums; cheap, callable at any time. */
  public Traffic traffic() {
    return Traffic.of(stats());
  }

  /** Counts since the start, of every executor in the plan; cheap, callable at any time. */
  public List<ExecutorStats> stats() {
    return executors.stream()
        .filter(executor -> executor.plan().firstTask() > 0)
        .map(TaskExecutor::stats)
        .toList();
  }

  /**
   * Shows every emit of one component in this worker, once however many tasks get it, until the tap
   * is closed.
   *
   * @param stream null for all streams
   */
  public Tap tap(final String component, final String stream, final TapConsumer consumer) {
    final List<Tap> taps =
        executors.stream()
            .filter(executor -> executor.plan().component().equals(component))
            .map(executor -> executor.taps().add(stream, consumer))
            .toList();
    return () -> taps.forEach(Tap::close);
  }

  @Override
  public TupleInlet tupleInlet(final int peerWorker, final int targetTask) {
    return wiring.bolt(targetTask).mailbox().inlet(peerWorker, targetTask);
  }

  @Override
  public ProgressInlet progressInlet(final int peerWorker, final int spoutTask) {
    return wiring.spout(spoutTask).inbox().inlet(peerWorker);
  }

  @Override
  public void treeCount(
      final int spoutTask, final long root, final int component, final int tuples) {
    wiring.spout(spoutTask).trees().add(root, component, tuples);
  }

  private void add(final WorkerParts parts, final ExecutorPlan plan) {
    final int number = executors.size() + 1;
    final Processor component = parts.plan().processor(plan.component());
    if (component.kind() == Processor.Kind.SPOUT) {
      final SpoutExecutor spout = new SpoutExecutor(parts, plan, number);
      wiring.add(spout);
      executors.add(spout);
    } else {
      final BoltExecutor bolt = new BoltExecutor(parts, plan, number, wiring.cycleOf(component));
      wiring.add(bolt);
      executors.add(bolt);
    }
  }

  private void join(final long deadlineNs) throws InterruptedException {
    for (final TaskExecutor executor : executors) {
      final long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
      executor.thread().join(Math.max(1, leftMs));
    }
  }
}
