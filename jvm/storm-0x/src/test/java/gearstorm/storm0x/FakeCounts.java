package gearstorm.storm0x;

import gearstorm.host.spi.TaskCounts;
import java.util.List;

/** Counts that a test sets. */
final class FakeCounts implements TaskCounts {
  List<StreamCount> emitted = List.of();
  List<StreamCount> transferred = List.of();
  List<InputStreamCount> acked = List.of();
  List<InputStreamCount> failed = List.of();
  List<InputStreamCount> executed = List.of();

  @Override
  public List<StreamCount> emitted() {
    return emitted;
  }

  @Override
  public List<StreamCount> transferred() {
    return transferred;
  }

  @Override
  public List<InputStreamCount> acked() {
    return acked;
  }

  @Override
  public List<InputStreamCount> failed() {
    return failed;
  }

  @Override
  public List<InputStreamCount> executed() {
    return executed;
  }

  @Override
  public QueueState received() {
    return new QueueState(64, 10, 7);
  }

  @Override
  public QueueState sending() {
    return new QueueState(4096, 5, 5);
  }
}
