package gearstorm.host.executor;

import gearstorm.host.flow.Bell;
import gearstorm.host.flow.ReadyMarks;
import gearstorm.host.progress.DeltaSink;
import gearstorm.host.progress.ProgressRing;
import gearstorm.host.spi.TaskCounts.QueueState;
import gearstorm.host.transport.Inlets;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All ways for deltas into one spout executor; rings are added when a sender first needs one. */
final class ProgressInbox {
  private static final int LOCAL_RING_DELTAS = 1024;
  private static final int PEER_RING_DELTAS = 16_384;

  /** Up to so many rings are looked at one by one. */
  private static final int RINGS_UNMARKED_MAX = 8;

  private final Bell bell;
  private final Map<Integer, Way> byPeer = new HashMap<>();

  /** Replaced whole; written under this object's lock. */
  private volatile Group[] groups = new Group[0];

  /**
   * Rings that share one word of marks, or few without marks: a mark costs its sender a fence for
   * each delta, a look at a ring without news costs next to nothing. The array is replaced whole,
   * under the inbox's lock.
   */
  private static final class Group {
    private final ReadyMarks marks;
    private final int ringsMax;
    private volatile ProgressRing[] rings = new ProgressRing[0];

    private Group(final boolean marked) {
      marks = marked ? new ReadyMarks() : null;
      ringsMax = marked ? ReadyMarks.QUEUES_MAX : RINGS_UNMARKED_MAX;
    }

    private int add(final ProgressRing ring) {
      final ProgressRing[] more = Arrays.copyOf(rings, rings.length + 1);
      more[more.length - 1] = ring;
      rings = more;
      return more.length - 1;
    }

    private boolean isFull() {
      return rings.length == ringsMax;
    }

    private boolean hasInput() {
      if (marks != null) {
        return marks.any();
      }
      for (final ProgressRing ring : rings) {
        if (!ring.isEmpty()) {
          return true;
        }
      }
      return false;
    }
  }

  /** The spout's thread's own. */
  private boolean wasFull;

  /**
   * One sender's way, from another executor or from a link's reader.
   *
   * @param marks null when the ring is looked at anyway
   */
  private record Way(ProgressRing ring, ReadyMarks marks, int index, Bell bell)
      implements ProgressOutlet, Inlets.ProgressInlet {
    @Override
    public boolean offer(
        final int rootTask, final long root, final long xor, final boolean failed) {
      if (!ring.offer(root, xor, failed)) {
        return false;
      }
      if (marks != null) {
        VarHandle.fullFence();
        marks.mark(index);
      }
      return true;
    }

    @Override
    public void signal() {
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
    for (final Group group : groups) {
      drained += drain(group, sink);
    }
    return drained > 0;
  }

  private int drain(final Group group, final DeltaSink sink) {
    int drained = 0;
    if (group.marks == null) {
      for (final ProgressRing ring : group.rings) {
        drained += drain(ring, sink);
      }
      return drained;
    }
    for (long ready = group.marks.take(); ready != 0; ready &= ready - 1) {
      final int index = Long.numberOfTrailingZeros(ready);
      final ProgressRing ring = group.rings[index];
      drained += drain(ring, sink);
      if (!ring.isEmpty()) {
        group.marks.mark(index);
      }
    }
    return drained;
  }

  private int drain(final ProgressRing ring, final DeltaSink sink) {
    final int drained = ring.drain(sink);
    wasFull |= drained == ring.capacity();
    return drained;
  }

  /** What came in over all ways; any thread. */
  QueueState state() {
    final List<ProgressRing> rings =
        Arrays.stream(groups).flatMap(group -> Arrays.stream(group.rings)).toList();
    return new QueueState(
        rings.stream().mapToLong(ProgressRing::capacity).sum(),
        rings.stream().mapToLong(ProgressRing::offered).sum(),
        rings.stream().mapToLong(ProgressRing::taken).sum());
  }

  /** The spout's thread: whether the last drain found no room left for some sender. */
  boolean wasFull() {
    return wasFull;
  }

  /** The spout's thread; another only while it waits. */
  boolean hasInput() {
    for (final Group group : groups) {
      if (group.hasInput()) {
        return true;
      }
    }
    return false;
  }

  private synchronized Way newWay(final int deltas) {
    if (groups.length == 0 || groups[groups.length - 1].isFull()) {
      final Group[] more = Arrays.copyOf(groups, groups.length + 1);
      more[groups.length] = new Group(groups.length > 0);
      groups = more;
    }
    final Group group = groups[groups.length - 1];
    final ProgressRing ring = new ProgressRing(deltas);
    return new Way(ring, group.marks, group.add(ring), bell);
  }
}
