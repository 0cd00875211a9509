package gearstorm.host.executor;

import java.util.List;

/**
 * What executors have done so far, system streams left out.
 *
 * @param transferred tuples handed to tasks, of this worker or others
 * @param executed tuples that bolts are done with
 * @param ended tuples that were acked or failed, by bolts and to spouts
 */
public record Traffic(long transferred, long executed, long ended) {
  private static final String SYSTEM = "__";

  static Traffic of(final List<ExecutorStats> executors) {
    long transferred = 0;
    long executed = 0;
    long ended = 0;
    for (final ExecutorStats each : executors) {
      for (final var stream : each.transferred()) {
        transferred += isUsers(stream.stream()) ? stream.count() : 0;
      }
      for (final var input : each.executed()) {
        executed += isUsers(input.stream()) ? input.count() : 0;
      }
      for (final var input : each.acked()) {
        ended += input.count();
      }
      for (final var input : each.failed()) {
        ended += input.count();
      }
    }
    return new Traffic(transferred, executed, ended);
  }

  /** The sum of both. */
  public Traffic plus(final Traffic other) {
    return new Traffic(
        transferred + other.transferred, executed + other.executed, ended + other.ended);
  }

  private static boolean isUsers(final String stream) {
    return !stream.startsWith(SYSTEM);
  }
}
