package gearstorm.storm0x;

import backtype.storm.Config;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Storm logs of every tuple while {@code topology.debug} is on, in the words of each
 * generation and under the names of Storm's own loggers.
 */
record DebugLog(String component, int task, boolean wordy) {
  private static final Logger TASK = LoggerFactory.getLogger("backtype.storm.daemon.task");
  private static final Logger EXECUTOR = LoggerFactory.getLogger("backtype.storm.daemon.executor");

  /**
   * The log of one task; null when nobody wants it.
   *
   * @param wordy whether to log as 0.10 does, which says more than 0.9
   */
  static DebugLog of(
      final Map<?, ?> conf, final String component, final int task, final boolean wordy) {
    return Boolean.TRUE.equals(conf.get(Config.TOPOLOGY_DEBUG))
        ? new DebugLog(component, task, wordy)
        : null;
  }

  void emitting(final String stream, final List<Object> values) {
    TASK.info("Emitting: {} {} {}", component, stream, values);
  }

  void emittingDirect(final int target, final String stream, final List<Object> values) {
    TASK.info("Emitting direct: {}; {} {} {}", target, component, stream, values);
  }

  void received(final LeanTuple tuple) {
    if (wordy) {
      EXECUTOR.info("Processing received message FOR {} TUPLE: {}", task, tuple);
    } else {
      EXECUTOR.info("Processing received message {}", tuple);
    }
  }

  void executed(final LeanTuple tuple, final long latencyNs) {
    if (wordy) {
      EXECUTOR.info("Execute done TUPLE {} TASK: {} DELTA: {}", tuple, task, millis(latencyNs));
    }
  }

  /**
   * @param what {@code ack} or {@code fail}
   */
  void settled(final String what, final LeanTuple tuple, final long latencyNs) {
    if (wordy) {
      EXECUTOR.info("BOLT {} TASK: {} TIME: {} TUPLE: {}", what, task, millis(latencyNs), tuple);
    }
  }

  void spoutAcked(final Object messageId) {
    EXECUTOR.info(wordy ? "SPOUT Acking message {}" : "Acking message {}", messageId);
  }

  void spoutFailed(final Object messageId) {
    if (wordy) {
      EXECUTOR.info("SPOUT Failing MSG-ID: {}", messageId);
    }
  }

  /** Nothing when there was no measurement. */
  private static String millis(final long latencyNs) {
    return latencyNs < 0 ? "" : String.valueOf(TimeUnit.NANOSECONDS.toMillis(latencyNs));
  }
}
