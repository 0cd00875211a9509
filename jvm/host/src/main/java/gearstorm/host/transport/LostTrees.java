package gearstorm.host.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Trees that lost a tuple with a peer, told to their spouts once a second: a spout that sends a
 * failed tuple again at once, as most do, would lose it again at once, as fast as it can, for as
 * long as the peer is away. Any thread adds.
 */
final class LostTrees implements Runnable {
  private static final long ROUND_NS = 1_000_000_000L;

  /** Who tells the spout. */
  @FunctionalInterface
  interface Failer {
    void fail(int lostPeer, int spoutTask, long root);
  }

  private record Lost(int peer, int spoutTask, long root) {}

  private final Failer failer;
  private final Set<Lost> lost = ConcurrentHashMap.newKeySet();
  private final Doorbell bell = new Doorbell();
  private volatile boolean closed;

  LostTrees(final Failer failer) {
    this.failer = failer;
  }

  /** A tree that was added before, and not told yet, is told once. */
  void add(final int lostPeer, final int spoutTask, final long root) {
    final boolean first = lost.isEmpty();
    lost.add(new Lost(lostPeer, spoutTask, root));
    if (first) {
      bell.ring();
    }
  }

  void close() {
    closed = true;
    bell.ring();
  }

  @Override
  public void run() {
    while (!closed) {
      bell.sleep(() -> closed || !lost.isEmpty());
      tellRound();
      rest();
    }
  }

  /** Tells of all that were added. */
  void tellRound() {
    for (final Lost tree : lost.toArray(new Lost[0])) {
      lost.remove(tree); // first: a tree that is lost again is told again
      failer.fail(tree.peer(), tree.spoutTask(), tree.root());
    }
  }

  /** What is added meanwhile rings the bell and waits for the next round all the same. */
  private void rest() {
    final long endNs = System.nanoTime() + ROUND_NS;
    for (long leftNs = ROUND_NS; leftNs > 0 && !closed; leftNs = endNs - System.nanoTime()) {
      bell.sleep(() -> closed, leftNs);
    }
  }
}
