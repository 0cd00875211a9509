package gearstorm.host.executor;

import gearstorm.host.flow.Bell;
import gearstorm.host.progress.DeltaSink;
import gearstorm.host.progress.ProgressRing;
import gearstorm.host.transport.Inlets;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** All ways for deltas into one spout executor; rings are added when a sender first needs one. */
final class ProgressInbox {
  private static final int LOCAL_RING_DELTAS = 1024;
  private static final int PEER_RING_DELTAS = 16_384;

  private final Bell bell;
  private final Map<Integer, Way> byPeer = new HashMap<>();

  /** Replaced whole; written under this object's lock. */
  private volatile ProgressRing[] rings = new ProgressRing[0];

  /** The spout's thread's own. */
  private boolean wasFull;

  /** One sender's way, from another executor or from a link's reader. */
  private record Way(ProgressRing ring, Bell bell) implements ProgressOutlet, Inlets.ProgressInlet {
    @Override
    public boolean offer(
        final int rootTask, final long root, final long xor, final boolean failed) {
      return ring.offer(root, xor, failed);
    }

    @Override
    public void signal() {
      VarHandle.fullFence();
      bell.onInput();
    }
  }

  ProgressInbox(final Bell bell) {
    this.bell = bell;
  }

  /** A new way for one sending executor of this process. */
  ProgressOutlet newOutlet() {
    return newWay(LOCAL_RING_DELTAS);
  }

  /** The one way for a peer, whichever of its connections lives. */
  synchronized Inlets.ProgressInlet inlet(final int peerWorker) {
    return byPeer.computeIfAbsent(peerWorker, key -> newWay(PEER_RING_DELTAS));
  }

  /** The spout's thread: passes on what has arrived; whether anything had. */
  boolean drain(final DeltaSink sink) {
    int drained = 0;
    wasFull = false;
    for (final ProgressRing ring : rings) {
      final int fromRing = ring.drain(sink);
      wasFull |= fromRing == ring.capacity();
      drained += fromRing;
    }
    return drained > 0;
  }

  /** The spout's thread: whether the last drain found no room left for some sender. */
  boolean wasFull() {
    return wasFull;
  }

  /** The spout's thread. */
  boolean hasInput() {
    for (final ProgressRing ring : rings) {
      if (!ring.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private synchronized Way newWay(final int deltas) {
    final ProgressRing ring = new ProgressRing(deltas);
    final ProgressRing[] more = Arrays.copyOf(rings, rings.length + 1);
    more[rings.length] = ring;
    rings = more;
    return new Way(ring, bell);
  }
}
