package gearstorm.host.executor;

import gearstorm.host.executor.ExecutorStats.HolderCount;
import gearstorm.host.executor.ExecutorStats.TimedOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Where the trees of one spout executor die. Some trees are followed: for these every tuple created
 * or acked is counted by component, and what is left when the tree times out is what had not been
 * acked. A quiet spout's trees are all followed; of a busy one's about a thousand a second (fewer
 * in a worker with more than eight spout executors), picked without regard to what they hold, so
 * that most of its tuples cost nothing more.
 *
 * <p>Lost counts do no more harm than the lost tuples that they stand for: a worker that dies
 * leaves its components with tuples that were never acked, which is the truth.
 */
final class FollowedTrees {
  private static final long TOKEN_NS = TimeUnit.MILLISECONDS.toNanos(1);

  /** All spout executors of a worker together get a token so often at most. */
  private static final long WORKERS_TOKEN_NS = TimeUnit.MICROSECONDS.toNanos(125);

  private static final long TOKENS_MAX = 64;

  /** With fewer tokens than that the spout is busy, and only one emit in so many is followed. */
  private static final long TOKENS_OF_A_QUIET_SPOUT = 32;

  private static final int BUSY_PICKS_ONE_IN = 16;
  private static final int LIVE_MAX = 4096;

  private final int components;
  private final IntFunction<String> names;
  private final long tokenNs;

  /** Per live followed root its tuples by component; an entry's array changes inside the map. */
  private final Map<Long, int[]> tuples = new ConcurrentHashMap<>();

  // The spout's thread only.
  private long tokens = TOKENS_MAX;
  private long lastTokenNs;
  private long picks;
  private int live;

  // Guarded by this: since the start.
  private long timedOut;
  private long timedOutFollowed;
  private final long[] held;

  /**
   * @param names of components by their place in the plan
   * @param spouts how many spout executors the worker has
   */
  FollowedTrees(
      final int components, final IntFunction<String> names, final int spouts, final long nowNs) {
    this.components = components;
    this.names = names;
    held = new long[components];
    tokenNs = Math.max(TOKEN_NS, spouts * WORKERS_TOKEN_NS);
    lastTokenNs = nowNs;
  }

  /** The spout's thread, once a loop. */
  void onLoop(final long nowNs) {
    final long newTokens = (nowNs - lastTokenNs) / tokenNs;
    if (newTokens > 0) {
      tokens = Math.min(TOKENS_MAX, tokens + newTokens);
      lastTokenNs = nowNs;
    }
  }

  /** The spout's thread: whether the next tree is to be followed. */
  boolean pick() {
    if (tokens == 0 || live == LIVE_MAX) {
      return false;
    }
    if (tokens < TOKENS_OF_A_QUIET_SPOUT && !pickOfABusySpout()) {
      return false;
    }
    tokens--;
    return true;
  }

  /** The spout's thread, before any tuple of the tree is published. */
  void begin(final long root) {
    live++;
    tuples.put(root, new int[components]);
  }

  /** Any thread; a tree that is not known any more is past counting. */
  void add(final long root, final int component, final int count) {
    if (component >= 0 && component < components) {
      tuples.computeIfPresent(
          root,
          (key, counts) -> {
            counts[component] += count;
            return counts;
          });
    }
  }

  /** The spout's thread: the tree takes too long; called for those that are not followed too. */
  void onTimeout(final long root) {
    final int[] left = new int[components];
    final boolean followed =
        tuples.computeIfPresent(
                root,
                (key, counts) -> {
                  System.arraycopy(counts, 0, left, 0, components);
                  return counts;
                })
            != null;
    synchronized (this) {
      timedOut++;
      timedOutFollowed += followed ? 1 : 0;
      for (int component = 0; component < components; component++) {
        held[component] += Math.max(0, left[component]);
      }
    }
  }

  /** The spout's thread: the tree has ended. */
  void end(final long root) {
    live--;
    tuples.remove(root);
  }

  /** Since the start; any thread. */
  synchronized TimedOut timedOut() {
    final List<HolderCount> holders = new ArrayList<>();
    for (int component = 0; component < components; component++) {
      if (held[component] > 0) {
        holders.add(new HolderCount(names.apply(component), held[component]));
      }
    }
    return new TimedOut(timedOut, timedOutFollowed, holders);
  }

  /** An even spread over the emits, so that no period of the topology's own is hit or missed. */
  private boolean pickOfABusySpout() {
    picks += 0x9E3779B97F4A7C15L;
    return (Long.hashCode(picks * 0xBF58476D1CE4E5B9L) >>> 8) % BUSY_PICKS_ONE_IN == 0;
  }
}
