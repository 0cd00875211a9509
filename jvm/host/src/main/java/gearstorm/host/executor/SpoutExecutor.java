package gearstorm.host.executor;

import gearstorm.host.executor.ExecutorStats.TimedOut;
import gearstorm.host.executor.MetricsReports.MeteredOutput;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.spi.ExecutorScope;
import gearstorm.host.spi.SpoutTask;
import gearstorm.host.spi.SpoutWait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Storm's spout loop: acks and fails first, then nextTuple of every task once, unless too many
 * trees are pending or something emitted still waits for room.
 */
final class SpoutExecutor extends TaskExecutor {
  private static final long DEBT_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

  /**
   * A spout that emits all the time looks for acks only so often: a look costs a cache miss for
   * every executor that may have sent some, many times what an emit costs when these are many.
   */
  private static final long DRAIN_PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(10);

  private final SpoutTask[] tasks;
  private final ProgressInbox inbox;
  private final FollowedTrees trees;
  private final SpoutProgress progress;
  private final BooleanSupplier hasWork = this::hasWork;
  private final BooleanSupplier hasUrgent = this::hasUrgent;
  private final long pendingMax;
  private final long emptyEmitPauseNs;

  // All written by the executor's thread only.
  private ExecutorOutput output;
  private MetricsReports metrics;
  private int created;
  private int opened;
  private boolean active;
  private int seenLifeVersion;

  /** Whether the last round called nextTuple and that emitted. */
  private boolean emitted;

  private long lastDrainNs;
  private final QuickCalls quickCalls = new QuickCalls();

  /** nextTuple rests until then, when resting. */
  private long restUntilNs;

  private boolean resting;

  /** Of the user; null when this executor sleeps by itself. */
  private SpoutWait wait;

  private long emptyStreak;

  SpoutExecutor(final WorkerParts parts, final ExecutorPlan plan, final int number) {
    super(parts, plan, number);
    tasks = new SpoutTask[plan.taskCount()];
    inbox = new ProgressInbox(bell());
    trees =
        new FollowedTrees(
            parts.directory().processorCount(),
            parts.directory()::componentAt,
            parts.spoutExecutors(),
            parts.nowNs());
    progress =
        new SpoutProgress(
            parts.setup().incarnation(),
            config(),
            this::counters,
            parts.setup().nanoTime(),
            trees,
            new TimeoutLog(plan.component(), trees, this::warn, parts.nowNs()),
            new Callbacks());
    pendingMax = pendingMax();
    emptyEmitPauseNs =
        TimeUnit.MILLISECONDS.toNanos(
            config().integer("topology.sleep.spout.wait.strategy.time.ms", 1));
  }

  ProgressInbox inbox() {
    return inbox;
  }

  FollowedTrees trees() {
    return trees;
  }

  @Override
  TimedOut timedOut() {
    return trees.timedOut();
  }

  @Override
  void create() throws Exception {
    wait = parts().setup().bridge().newSpoutWait(plan().component());
    final ExecutorScope scope = newScope();
    for (; created < tasks.length; created++) {
      final int task = plan().firstTask() + created;
      enterTask(task);
      tasks[created] = parts().setup().bridge().newSpout(plan().component(), task, scope);
    }
  }

  @Override
  void open(final ExecutorOutput connected, final Map<String, Subscriptions> subscriptions)
      throws Exception {
    output = connected;
    countQueues(inbox::state, output);
    final List<MeteredOutput> metered = new ArrayList<>();
    for (; opened < tasks.length; opened++) {
      final int task = plan().firstTask() + opened;
      enterTask(task);
      final DeclaredStreams streams = streamsOf(task, tasks[opened], subscriptions);
      metered.add(
          new MeteredOutput(
              task, tasks[opened], streams.get(MetricsReports.stream()), lagsOf(task)));
      sayStartup(output, streams);
      giveCredentials(tasks[opened]);
      tasks[opened].open(
          new SpoutOutput(
              task, tasks[opened], output, streams, progress, counters(task), errorsOf(task)));
    }
    metrics = new MetricsReports(metered, output, this::enterTask, parts().nowNs());
  }

  @Override
  void loop() throws Exception {
    final Life life = parts().life();
    while (!life.stopping()) {
      round(life);
    }
    follow(life.active()); // both may have come since the last look: to deactivate, and to stop
  }

  /** A method of its own: one that never ends is run by the interpreter for long. */
  private void round(final Life life) throws Exception {
    seenLifeVersion = life.version();
    output.onLoop();
    followCredentials(tasks);
    final long nowNs = parts().nowNs();
    quickCalls.onLoop(nowNs);
    final boolean progressed = mayDrain(nowNs) && drain(nowNs);
    progress.rotateIfDue(nowNs);
    metrics.reportIfDue(nowNs);
    final boolean moved = output.hasDebts() && output.flush();
    follow(life.active());
    emitted = active && mayCallNextTuple(nowNs) && callNextTuples(progressed);
    if (wait != null && active) {
      waitUnless(emitted);
    } else if (progressed || moved || emitted) {
      notIdle();
    } else {
      idle();
    }
  }

  @Override
  void close() {
    endHooks(tasks, created);
    for (int index = 0; index < opened; index++) {
      try {
        tasks[index].close();
      } catch (Throwable error) {
        reportQuietly(plan().firstTask() + index, error);
      }
    }
  }

  /** A spout whose trees are too many waits for those behind it. */
  @Override
  boolean isHeldBack() {
    return active && (output.stopsInput() || pendingFull());
  }

  private boolean mayDrain(final long nowNs) {
    return !emitted
        || nowNs - lastDrainNs >= DRAIN_PAUSE_NS
        || pendingFull()
        || progress.pending().hasUnsettled()
        || progress.rotationDue(nowNs);
  }

  /** Acks and fails what has arrived. */
  private boolean drain(final long nowNs) {
    lastDrainNs = nowNs;
    return progress.drain(inbox);
  }

  private void follow(final boolean wanted) throws Exception {
    if (active == wanted) {
      return;
    }
    active = wanted;
    for (int index = 0; index < tasks.length; index++) {
      enterTask(plan().firstTask() + index);
      if (wanted) {
        tasks[index].activate();
      } else {
        tasks[index].deactivate();
      }
    }
  }

  private boolean mayCallNextTuple(final long nowNs) {
    if (resting && nowNs - restUntilNs < 0) {
      return false;
    }
    resting = false;
    return !pendingFull() && !output.stopsInput();
  }

  /**
   * Calls nextTuple, several times in a row while it is quick and there is nothing else to do;
   * whether the last call emitted. Beside acks it is called once, as the time of that round tells
   * nothing of it: a spout that has become slow while acks arrive would never be found out.
   */
  private boolean callNextTuples(final boolean progressed) throws Exception {
    final int limit = progressed ? 1 : quickCalls.limit();
    int calls = 1;
    while (callNextTuple()) {
      if (calls == limit || pendingFull() || output.hasDebts() || hasUrgent()) {
        quickCalls.onCalls(progressed ? 0 : calls);
        return true;
      }
      calls++;
    }
    quickCalls.onEmpty();
    return false;
  }

  /** Whether anything was emitted; if not, nextTuple rests for a while. */
  private boolean callNextTuple() throws Exception {
    final long emitsBefore = progress.emits();
    for (int index = 0; index < tasks.length; index++) {
      enterTask(plan().firstTask() + index);
      tasks[index].nextTuple();
    }
    if (progress.emits() != emitsBefore) {
      return true;
    }
    if (wait == null && emptyEmitPauseNs > 0) {
      resting = true;
      restUntilNs = parts().nowNs() + emptyEmitPauseNs;
    }
    return false;
  }

  private void waitUnless(final boolean emitted) {
    emptyStreak = emitted ? 0 : emptyStreak + 1;
    if (!emitted) {
      progress.onSleep();
      beginWait();
      wait.emptyEmit(emptyStreak);
      endWait();
    }
  }

  @Override
  long workDone() {
    return progress.emits();
  }

  @Override
  boolean holdsInput() {
    return inbox.hasInput();
  }

  @Override
  void park(final long maxNs) {
    final long pause = pauseNs(parts().nowNs());
    if (output.stopsInput()) {
      output.requestRoom();
    }
    if (maxNs == Idling.SLEEP) {
      progress.onSleep();
      bell().awaitInput(pause, hasWork);
    } else if (output.stopsInput()) {
      bell().awaitRoom(Math.min(pause, maxNs), hasWork);
    } else {
      bell().gather(Math.min(pause, maxNs), hasUrgent);
    }
  }

  /** Acks, control and room end a pause before its time. */
  private long pauseNs(final long nowNs) {
    long pause = Math.min(progress.untilRotationNs(nowNs), metrics.untilNextNs(nowNs));
    if (output.hasDebts()) {
      pause = Math.min(pause, DEBT_PAUSE_NS);
    }
    if (active && resting) {
      return Math.min(pause, restUntilNs - nowNs);
    }
    final boolean waitsForOthers = !active || output.stopsInput() || pendingFull();
    return waitsForOthers ? pause : 0;
  }

  private boolean pendingFull() {
    return progress.pending().size() >= pendingMax;
  }

  private boolean hasWork() {
    return inbox.hasInput() || hasUrgent();
  }

  private boolean hasUrgent() {
    return progress.pending().hasUnsettled() || parts().life().version() != seenLifeVersion;
  }

  private long pendingMax() {
    final String key = "topology.max.spout.pending";
    return config().isAbsent(key) ? Long.MAX_VALUE : config().integer(key, 0) * plan().taskCount();
  }

  /** Outcomes of trees as user code sees them. */
  private final class Callbacks implements SpoutProgress.Callbacks {
    @Override
    public void acked(final int task, final Object messageId, final long latencyNs) {
      enterTask(task);
      try {
        tasks[task - plan().firstTask()].ack(messageId, latencyNs);
      } catch (RuntimeException error) {
        throw error;
      } catch (Exception error) {
        throw new UserCodeException(error);
      }
    }

    @Override
    public void failed(final int task, final Object messageId, final long latencyNs) {
      enterTask(task);
      try {
        tasks[task - plan().firstTask()].fail(messageId, latencyNs);
      } catch (RuntimeException error) {
        throw error;
      } catch (Exception error) {
        throw new UserCodeException(error);
      }
    }
  }
}
