package gearstorm.storm0x;

import backtype.storm.Config;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * What Storm logs of every tuple while {@code topology.debug} is on, in the words of each
 * generation and under the names of Storm's own loggers.
 *
 * @param wordy whether to log as 0.10 does, which says more than 0.9
 * @param emits takes the lines about emits
 * @param rest takes the other lines
 */
record DebugLog(
    String component, int task, boolean wordy, Consumer<String> emits, Consumer<String> rest) {

  /** The log of one task; null when nobody wants it. */
  static DebugLog of(
      final Map<?, ?> conf, final String component, final int task, final boolean wordy) {
    return Boolean.TRUE.equals(conf.get(Config.TOPOLOGY_DEBUG))
        ? new DebugLog(
            component,
            task,
            wordy,
            LoggerFactory.getLogger("backtype.storm.daemon.task")::info,
            LoggerFactory.getLogger("backtype.storm.daemon.executor")::info)
        : null;
  }

  void emitting(final String stream, final List<Object> values) {
    emits.accept("Emitting: %s %s %s".formatted(component, stream, values));
  }

  void emittingDirect(final int target, final String stream, final List<Object> values) {
    emits.accept("Emitting direct: %d; %s %s %s".formatted(target, component, stream, values));
  }

  void received(final LeanTuple tuple) {
    rest.accept(
        wordy
            ? "Processing received message FOR %d TUPLE: %s".formatted(task, tuple)
            : "Processing received message " + tuple);
  }

  void executed(final LeanTuple tuple, final long latencyNs) {
    if (wordy) {
      rest.accept(
          "Execute done TUPLE %s TASK: %d DELTA: %s".formatted(tuple, task, millis(latencyNs)));
    }
  }

  /**
   * @param what {@code ack} or {@code fail}
   */
  void settled(final String what, final LeanTuple tuple, final long latencyNs) {
    if (wordy) {
      rest.accept(
          "BOLT %s TASK: %d TIME: %s TUPLE: %s".formatted(what, task, millis(latencyNs), tuple));
    }
  }

  void spoutAcked(final Object messageId) {
    rest.accept((wordy ? "SPOUT Acking message " : "Acking message ") + messageId);
  }

  void spoutFailed(final Object messageId) {
    if (wordy) {
      rest.accept("SPOUT Failing MSG-ID: " + messageId);
    }
  }

  /** Nothing when there was no measurement. */
  private static String millis(final long latencyNs) {
    return latencyNs < 0 ? "" : String.valueOf(TimeUnit.NANOSECONDS.toMillis(latencyNs));
  }
}
