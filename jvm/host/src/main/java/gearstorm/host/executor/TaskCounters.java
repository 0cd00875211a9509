package gearstorm.host.executor;

import gearstorm.host.spi.StreamInfo;
import gearstorm.host.spi.TaskCounts;
import java.util.List;
import java.util.function.Supplier;

/** Counts of one task; each part says who writes it. */
final class TaskCounters implements TaskCounts {
  private final OutputCounters output;
  private final InputCounters executed;
  private final InputCounters acked;
  private final InputCounters failed;

  /** Of the whole executor; set before any user code runs. */
  private volatile Supplier<QueueState> received;

  private Supplier<QueueState> sending;

  TaskCounters(final TaskDirectory directory, final List<StreamInfo> streams) {
    output = new OutputCounters(streams);
    executed = new InputCounters(directory);
    acked = new InputCounters(directory);
    failed = new InputCounters(directory);
  }

  void queues(final Supplier<QueueState> ofInput, final Supplier<QueueState> ofOutput) {
    received = ofInput;
    sending = ofOutput;
  }

  /** Null until the executor has connected its queues. */
  QueueState receivedOrNull() {
    final Supplier<QueueState> known = received;
    return known == null ? null : known.get();
  }

  void onEmit(final int stream, final int targets) {
    output.onEmit(stream, targets);
  }

  InputCounters executedCounters() {
    return executed;
  }

  InputCounters ackedCounters() {
    return acked;
  }

  InputCounters failedCounters() {
    return failed;
  }

  @Override
  public List<StreamCount> emitted() {
    return output.emitted();
  }

  @Override
  public List<StreamCount> transferred() {
    return output.transferred();
  }

  @Override
  public List<InputStreamCount> acked() {
    return acked.counts();
  }

  @Override
  public List<InputStreamCount> failed() {
    return failed.counts();
  }

  @Override
  public List<InputStreamCount> executed() {
    return executed.counts();
  }

  @Override
  public QueueState received() {
    return received.get();
  }

  @Override
  public QueueState sending() {
    return sending.get();
  }
}
