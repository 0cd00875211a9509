package gearstorm.host.spi;

import java.util.List;

/** What the host has counted of one task since its start; any thread may ask. */
public interface TaskCounts {
  /** Emits by stream. */
  List<StreamCount> emitted();

  /** Tuples sent by stream: an emit counts once for each task that gets it. */
  List<StreamCount> transferred();

  List<InputStreamCount> acked();

  List<InputStreamCount> failed();

  /** Empty for spouts. */
  List<InputStreamCount> executed();

  /** What came in for the task's executor: tuples, or acks and fails. */
  QueueState received();

  /** What the task's executor sent, and how much of it waits for room. */
  QueueState sending();

  /** Tuples of one output stream. */
  record StreamCount(String stream, long count) {}

  /**
   * Tuples of one input stream; for spouts the source is the spout and the latency is complete
   * latency.
   *
   * @param totalMs sum of the latencies of {@code sampled} of the tuples
   */
  record InputStreamCount(String source, String stream, long count, double totalMs, long sampled) {}

  /** A queue: how many fit, and how many were ever put in and taken out. */
  record QueueState(long capacity, long written, long read) {}
}
