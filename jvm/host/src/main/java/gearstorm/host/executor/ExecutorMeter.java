package gearstorm.host.executor;

import gearstorm.host.executor.ExecutorStats.Queue;
import gearstorm.host.executor.ExecutorStats.TimedOut;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.spi.StreamInfo;
import gearstorm.host.spi.TaskCounts;
import gearstorm.host.spi.TaskCounts.QueueState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What one executor counts and how it spends its time; written by it, read by any thread. */
final class ExecutorMeter {
  private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ExecutorPlan plan;
  private final LongSupplier nanoTime;
  private final long startedNs;
  private final List<TaskCounters> counters = new ArrayList<>();
  private final WaitingTimes waits = new WaitingTimes();
  private final LatencyHistogram queueLatency = new LatencyHistogram();

  /** From now on. */
  ExecutorMeter(
      final ExecutorPlan plan, final TaskDirectory directory, final LongSupplier nanoTime) {
    this.plan = plan;
    this.nanoTime = nanoTime;
    startedNs = nanoTime.getAsLong();
    final List<StreamInfo> streams =
        directory.streamsAt(directory.processorIndex(plan.firstTask()));
    for (int count = 0; count < plan.taskCount(); count++) {
      counters.add(new TaskCounters(directory, streams));
    }
  }

  TaskCounters counters(final int task) {
    return counters.get(task - plan.firstTask());
  }

  /** Before any user code, which may ask. */
  void countQueues(final Supplier<QueueState> received, final ExecutorOutput output) {
    final Supplier<QueueState> sending = () -> output.sending(new CountSums(counters));
    counters.forEach(each -> each.queues(received, sending));
  }

  /** The executor takes an input that has waited for so long. */
  void onWaited(final long ns) {
    queueLatency.add(ns);
  }

  /**
   * The executor begins to wait.
   *
   * @param isHeldBack whether it has something to do, but no room for what comes of it
   */
  void beginWait(final boolean isHeldBack) {
    waits.begin(nanoTime.getAsLong(), isHeldBack);
  }

  void endWait() {
    waits.end(nanoTime.getAsLong());
  }

  /**
   * @param timedOut what became of a spout's trees that took too long; null for bolts
   * @param queuedBytes of large tuples that wait, by estimate; null for spouts
   */
  ExecutorStats stats(final TimedOut timedOut, final Long queuedBytes) {
    final CountSums sums = new CountSums(counters);
    final long nowNs = nanoTime.getAsLong();
    final long backpressuredNs = waits.backpressuredNs(nowNs);
    final long busyNs = nowNs - startedNs - backpressuredNs - waits.idleNs(nowNs);
    return new ExecutorStats(
        plan.component(),
        plan.firstTask(),
        plan.lastTask(),
        (nowNs - startedNs) / NS_PER_MS,
        sums.ofStreams(TaskCounts::emitted),
        sums.ofStreams(TaskCounts::transferred),
        sums.ofInputs(TaskCounts::acked),
        sums.ofInputs(TaskCounts::failed),
        sums.ofInputs(TaskCounts::executed),
        timedOut,
        CountSums.ofLatencies(counters.stream().map(each -> each.executedCounters().latencies())),
        CountSums.ofLatencies(counters.stream().map(each -> each.ackedCounters().latencies())),
        CountSums.ofLatencies(Stream.of(queueLatency)),
        Math.max(0, busyNs / NS_PER_MS),
        backpressuredNs / NS_PER_MS,
        queue(queuedBytes));
  }

  private Queue queue(final Long bytes) {
    final QueueState state = counters.get(0).receivedOrNull();
    return state == null
        ? null
        : new Queue(Math.max(0, state.written() - state.read()), state.capacity(), bytes);
  }
}
