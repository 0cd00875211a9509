package gearstorm.host.executor;

import gearstorm.host.spi.TaskCounts.InputStreamCount;
import gearstorm.host.spi.TaskCounts.StreamCount;
import java.util.List;

/**
 * Cumulative counts of one executor since it started: ExecutorStats of runtime/wire/frames.ts.
 *
 * @param timedOut null for bolts
 * @param executeLatency pairs of a bucket and how many timed tuples are in it
 * @param ackLatency the same of process latency, of spouts complete latency
 * @param queueLatency the same of the time from an input's arrival in this process until it is
 *     taken; none of spouts
 * @param busyMs in which the thread did not wait
 * @param backpressuredMs in which it waited for room
 * @param queue null until its components are opened
 */
public record ExecutorStats(
    String component,
    int firstTask,
    int lastTask,
    long uptimeMs,
    List<StreamCount> emitted,
    List<StreamCount> transferred,
    List<InputStreamCount> acked,
    List<InputStreamCount> failed,
    List<InputStreamCount> executed,
    TimedOut timedOut,
    List<Long> executeLatency,
    List<Long> ackLatency,
    List<Long> queueLatency,
    long busyMs,
    long backpressuredMs,
    Queue queue) {

  /**
   * Input that waits.
   *
   * @param bytes of large tuples that wait; null where they are not measured
   */
  public record Queue(long tuples, long tuplesMax, Long bytes) {}

  /**
   * What became of the trees that took too long.
   *
   * @param followed how many of them were followed to their end
   * @param holders which components had not acked tuples of these
   */
  public record TimedOut(long trees, long followed, List<HolderCount> holders) {}

  /** Tuples that a component had when their trees timed out. */
  public record HolderCount(String component, long tuples) {}
}
