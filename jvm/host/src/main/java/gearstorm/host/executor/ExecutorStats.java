package gearstorm.host.executor;

import java.util.List;

/** Cumulative counts of one executor since it started: ExecutorStats of runtime/wire/frames.ts. */
public record ExecutorStats(
    String component,
    int firstTask,
    int lastTask,
    long uptimeMs,
    List<StreamCount> emitted,
    List<StreamCount> transferred,
    List<InputStreamCount> acked,
    List<InputStreamCount> failed,
    List<InputStreamCount> executed) {

  /** Tuples of one output stream. */
  public record StreamCount(String stream, long count) {}

  /**
   * Tuples of one input stream; for spouts the source is the spout and the latency is complete
   * latency.
   *
   * @param totalMs sum of the latencies of {@code sampled} of the tuples
   */
  public record InputStreamCount(
      String source, String stream, long count, double totalMs, long sampled) {}
}
