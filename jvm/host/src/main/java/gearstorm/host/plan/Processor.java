package gearstorm.host.plan;

import java.util.List;
import java.util.Set;

/**
 * One spout or bolt with its parallelism.
 *
 * @param host which host runs it; null for the phantom system components
 * @param tasks sorted and contiguous; empty for components without tasks
 * @param streams sorted by id: the index is the stream's number on the wire
 * @param configJson the configuration that the component's executors see
 * @param ownConfigKeys keys whose value there is the component's own
 * @param cycle ordinal of the cycle that it belongs to; null when in none
 */
public record Processor(
    String id,
    Kind kind,
    String host,
    List<Integer> tasks,
    List<PlannedStream> streams,
    String configJson,
    Set<String> ownConfigKeys,
    Integer cycle) {
  private static final String NATIVE = "native";

  /** Whether a host of another language runs it. */
  public boolean isNative() {
    return NATIVE.equals(host);
  }

  /** What a processor is to Storm. */
  public enum Kind {
    SPOUT,
    BOLT,
    SYSTEM
  }
}
