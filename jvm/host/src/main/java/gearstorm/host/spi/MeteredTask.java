package gearstorm.host.spi;

import java.util.List;

/** The metrics of one task; on the executor's thread, once the component is open or prepared. */
public interface MeteredTask {
  /** The intervals in seconds at which some metric wants to be read. */
  default List<Integer> metricIntervalsSecs() {
    return List.of();
  }

  /**
   * Reads and resets the metrics of one interval, which is user code.
   *
   * @return the values of a tuple for the metrics consumers; null when there is nothing to tell
   */
  default List<Object> readMetrics(final int intervalSecs) throws Exception {
    return null;
  }

  /**
   * What one report says of how far the task is in the partitions that it reads.
   *
   * @param report as {@link #readMetrics} has returned it
   * @return null when it says nothing of that
   */
  default List<PartitionLag> lagsIn(final List<Object> report) {
    return null;
  }
}
