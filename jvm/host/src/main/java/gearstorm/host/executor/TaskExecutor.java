package gearstorm.host.executor;

import gearstorm.host.executor.ExecutorStats.TimedOut;
import gearstorm.host.flow.Bell;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.plan.Processor;
import gearstorm.host.spi.CredentialsTask;
import gearstorm.host.spi.ExecutorScope;
import gearstorm.host.spi.HookedTask;
import gearstorm.host.spi.LogLevel;
import gearstorm.host.spi.PartitionLag;
import gearstorm.host.spi.TaskCounts.QueueState;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One thread that runs the tasks of one executor, from their creation to their end. All user code
 * of these tasks runs on it, and no lock of ours is held meanwhile.
 */
abstract class TaskExecutor {
  private static final String SYSTEM_STREAM = "__system";
  private static final String STARTUP = "startup";

  private final WorkerParts parts;
  private final ExecutorPlan plan;
  private final Processor component;
  private final ComponentConfig config;
  private final Bell bell;
  private final Taps taps = new Taps();
  private final ExecutorMeter meter;
  private final ErrorThrottle errorThrottle;
  private final ExecutorRoutes routes;
  private final Idling idling;
  private final Thread thread;

  /** The task whose user code runs, to name it when it throws; the executor's thread only. */
  private int currentTask;

  /** What the tasks were told last; the executor's thread only. */
  private Map<String, String> credentials;

  TaskExecutor(final WorkerParts parts, final ExecutorPlan plan, final int number) {
    this.parts = parts;
    this.plan = plan;
    component = parts.plan().processor(plan.component());
    bell = new Bell(parts.roster(), this::holdsInput);
    config = new ComponentConfig(component.configJson());
    meter = new ExecutorMeter(plan, parts.directory(), parts.setup().nanoTime());
    errorThrottle = new ErrorThrottle(config, parts.nowNs());
    routes = new ExecutorRoutes(parts, plan);
    idling =
        new Idling(
            parts.executorCount(),
            Runtime.getRuntime().availableProcessors(),
            () -> parts.sleeps().take(parts.nowNs()));
    currentTask = plan.firstTask();
    thread = new Thread(this::run, name(plan, number));
    thread.setContextClassLoader(parts.setup().topologyLoader());
  }

  final void start() {
    thread.start();
  }

  final void wake() {
    bell.wake();
  }

  final Thread thread() {
    return thread;
  }

  final ExecutorPlan plan() {
    return plan;
  }

  final Processor component() {
    return component;
  }

  final ComponentConfig config() {
    return config;
  }

  final Bell bell() {
    return bell;
  }

  final Taps taps() {
    return taps;
  }

  final WorkerParts parts() {
    return parts;
  }

  /** May be called by any thread. */
  final ExecutorStats stats() {
    return meter.stats(timedOut(), queuedBytes());
  }

  /** Of large tuples that wait, by estimate; null for spouts. Any thread. */
  Long queuedBytes() {
    return null;
  }

  /** Whether it has something to do, but no room for what comes of it; the executor's thread. */
  abstract boolean isHeldBack();

  /** Tuples ever taken or emitted; the executor's thread. */
  abstract long workDone();

  /** Whether there is input to go on with; any thread, while this one gathers it. */
  abstract boolean holdsInput();

  /**
   * Waits until there is something to do; the executor's thread.
   *
   * @param maxNs how long input may gather at most; {@link Idling#SLEEP} to be woken by the first
   */
  abstract void park(long maxNs);

  /** What became of a spout's trees that took too long; null for bolts. Any thread. */
  TimedOut timedOut() {
    return null;
  }

  final TaskCounters counters(final int task) {
    return meter.counters(task);
  }

  /** Creates all tasks; calls none of the user's life cycle methods. */
  abstract void create() throws Exception;

  /** Opens all tasks, in order. */
  abstract void open(ExecutorOutput output, Map<String, Subscriptions> subscriptions)
      throws Exception;

  /** Before the task is opened. */
  final void giveCredentials(final CredentialsTask task) throws Exception {
    task.setCredentials(credentials);
  }

  /** Tells the open tasks if the credentials were replaced. */
  final void followCredentials(final CredentialsTask[] tasks) throws Exception {
    final Map<String, String> wanted = parts.life().credentials();
    if (wanted == credentials) {
      return;
    }
    credentials = wanted;
    for (int index = 0; index < tasks.length; index++) {
      enterTask(plan.firstTask() + index);
      tasks[index].setCredentials(wanted);
    }
  }

  /** Runs until the worker stops. */
  abstract void loop() throws Exception;

  /** Closes the tasks that were opened; one that throws does not keep the others from it. */
  abstract void close();

  /** Ends the hooks of the first tasks; as tolerant as {@link #close}. */
  final void endHooks(final HookedTask[] tasks, final int created) {
    for (int index = 0; index < created; index++) {
      try {
        tasks[index].endHooks();
      } catch (Throwable error) {
        reportQuietly(plan.firstTask() + index, error);
      }
    }
  }

  /** Names the task whose user code is about to run. */
  final void enterTask(final int task) {
    currentTask = task;
  }

  final ExecutorScope newScope() {
    return new ExecutorScope(plan.firstTask(), plan.lastTask());
  }

  /** Before any user code, which may ask. */
  final void countQueues(final Supplier<QueueState> received, final ExecutorOutput output) {
    meter.countQueues(received, output);
  }

  /**
   * What each task of Storm emits before it is opened or prepared; it is counted like any other.
   */
  final void sayStartup(final ExecutorOutput output, final DeclaredStreams streams) {
    final StreamOutput system = streams.get(SYSTEM_STREAM);
    if (system != null) {
      output.emit(system, List.of(STARTUP), MetricsReports::makeTuple, null);
    }
  }

  /** The declared streams as one task emits them. */
  final DeclaredStreams streamsOf(
      final int task, final HookedTask listener, final Map<String, Subscriptions> subscriptions) {
    return routes.streamsOf(task, listener, subscriptions, counters(task));
  }

  /** What a task's reportError does. */
  final Consumer<Throwable> errorsOf(final int task) {
    return error -> {
      final ExecutorListener listener = parts.setup().listener();
      if (errorThrottle.admits(parts.nowNs())) {
        listener.onError(plan.component(), task, error);
      } else {
        listener.onThrottledError(plan.component(), task, error);
      }
    };
  }

  /** Where a task's progress in the partitions that it reads goes. */
  final Consumer<List<PartitionLag>> lagsOf(final int task) {
    return lags -> parts.setup().listener().onLag(plan.component(), task, lags);
  }

  /** An error of user code that ends nothing, as one in cleanup. */
  final void reportQuietly(final int task, final Throwable error) {
    errorsOf(task).accept(error);
  }

  final void warn(final String message) {
    parts.setup().bridge().log(LogLevel.WARN, message, null);
  }

  /** There was work: the next idle round spins again before it sleeps. */
  final void notIdle() {
    idling.onWork();
  }

  /**
   * An idle round: spins at first, then waits. To yield instead would be the same on a quiet
   * machine, but Linux takes a whole time slice from who yields: beside other busy processes it
   * left a topology a fraction of its share of the processor.
   *
   * @return whether it has waited
   */
  final boolean idle() {
    final long maxNs = idling.next(workDone());
    if (maxNs == Idling.SPIN) {
      Thread.onSpinWait();
      return false;
    }
    beginWait();
    park(maxNs);
    endWait();
    return true;
  }

  /** An input is taken that was there since then. */
  final void onWaited(final long sinceNs) {
    meter.onWaited(parts.nowNs() - sinceNs);
  }

  /** To be called around every wait, for the statistics. */
  final void beginWait() {
    meter.beginWait(isHeldBack());
  }

  final void endWait() {
    meter.endWait();
  }

  private void run() {
    bell.attach();
    try {
      live();
    } finally {
      bell.detach();
    }
  }

  private void live() {
    try {
      create();
      final Map<String, Subscriptions> subscriptions = routes.subscriptions();
      final ExecutorOutput output =
          routes.connect(bell, taps, error -> onFatal(currentTask, error));
      if (awaitFirstActivation()) {
        credentials = parts.life().credentials();
        open(output, subscriptions);
        loop();
      }
    } catch (Throwable error) {
      if (!parts.life().stopping() && !isInterrupt(UserCodeException.unwrap(error))) {
        onFatal(currentTask, UserCodeException.unwrap(error));
        return;
      }
      awaitStop();
    }
    close();
  }

  /**
   * Whether it only ends this thread, as in Storm, which ends threads by interrupting them: what
   * else runs in the worker goes on. An interrupted read is shown nevertheless.
   */
  private boolean isInterrupt(final Throwable error) {
    final boolean read = isCausedBy(InterruptedIOException.class, error);
    if (!read && !isCausedBy(InterruptedException.class, error)) {
      return false;
    }
    if (read) {
      reportQuietly(currentTask, error);
    }
    warn("task %d was interrupted, its executor has ended".formatted(currentTask));
    return true;
  }

  private static boolean isCausedBy(final Class<? extends Throwable> type, final Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private void awaitStop() {
    final Life life = parts.life();
    while (!life.stopping()) {
      bell.awaitInput(Long.MAX_VALUE, life::stopping);
    }
  }

  /** Ends the worker; any thread that user code runs on. */
  private void onFatal(final int task, final Throwable error) {
    parts.setup().listener().onFatal(plan.component(), task, error);
  }

  /** Before it nothing of the user runs, not even open or prepare; false when stopped first. */
  private boolean awaitFirstActivation() {
    final Life life = parts.life();
    meter.beginWait(false);
    while (!life.begun() && !life.stopping()) {
      bell.awaitInput(Long.MAX_VALUE, () -> life.begun() || life.stopping());
    }
    endWait();
    return !life.stopping();
  }

  /** As Storm 1 has it; that of 0.9 ends with the component. */
  private static String name(final ExecutorPlan plan, final int number) {
    return "Thread-%d-%s-executor[%d %d]"
        .formatted(number, plan.component(), plan.firstTask(), plan.lastTask());
  }
}
