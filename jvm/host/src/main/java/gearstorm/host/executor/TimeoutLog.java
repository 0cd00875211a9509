package gearstorm.host.executor;

import gearstorm.host.executor.ExecutorStats.HolderCount;
import gearstorm.host.executor.ExecutorStats.TimedOut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Says in the log which components kept the trees of one spout executor from their end; at most
 * once in ten seconds, and then of all since the last time. The spout's thread only.
 */
final class TimeoutLog {
  private static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(10);

  private final String spout;
  private final FollowedTrees trees;
  private final Consumer<String> log;
  private TimedOut said = new TimedOut(0, 0, List.of());
  private boolean owes;
  private long nextNs;

  TimeoutLog(
      final String spout, final FollowedTrees trees, final Consumer<String> log, final long nowNs) {
    this.spout = spout;
    this.trees = trees;
    this.log = log;
    nextNs = nowNs;
  }

  /** Some tree took too long. */
  void onTimeout() {
    owes = true;
  }

  void sayIfDue(final long nowNs) {
    if (!owes || nowNs - nextNs < 0) {
      return;
    }
    owes = false;
    nextNs = nowNs + PAUSE_NS;
    final TimedOut now = trees.timedOut();
    log.accept(text(now));
    said = now;
  }

  private String text(final TimedOut now) {
    final String count =
        "%d tuple trees of spout %s timed out".formatted(now.trees() - said.trees(), spout);
    final long followed = now.followed() - said.followed();
    if (followed == 0) {
      return count;
    }
    final String holders = holders(now);
    return "%s; of the %d that were followed %s"
        .formatted(
            count,
            followed,
            holders.isEmpty() ? "every tuple was acked" : "these were not acked: " + holders);
  }

  private String holders(final TimedOut now) {
    final Map<String, Long> before = new HashMap<>();
    said.holders().forEach(each -> before.put(each.component(), each.tuples()));
    final List<String> parts = new ArrayList<>();
    for (final HolderCount each : now.holders()) {
      final long tuples = each.tuples() - before.getOrDefault(each.component(), 0L);
      if (tuples > 0) {
        parts.add(tuples + " by " + each.component());
      }
    }
    return String.join(", ", parts);
  }
}
