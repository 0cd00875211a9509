package gearstorm.host.executor;

import gearstorm.host.spi.PartitionLag;
import java.util.List;

/** What executors tell the owner of the process; called on any thread. */
public interface ExecutorListener {
  /** User code reported an error (reportError) that clients shall see. */
  void onError(String component, int task, Throwable error);

  /** One more than clients shall see in this interval by Storm's rule; only the log has it. */
  void onThrottledError(String component, int task, Throwable error);

  /** How far a task is in the partitions that it reads; in place of what was told before. */
  void onLag(String component, int task, List<PartitionLag> partitions);

  /** User code threw: its executor has ended, and the process should. */
  void onFatal(String component, int task, Throwable error);
}
