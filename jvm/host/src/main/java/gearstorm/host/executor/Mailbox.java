package gearstorm.host.executor;

import gearstorm.host.flow.Bell;
import gearstorm.host.flow.Ring;
import gearstorm.host.plan.ExecutorPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All ways into one bolt executor: a ring per source executor of this process and one per peer and
 * task. They share the mailbox's budget. Immutable once the group is built.
 */
final class Mailbox {
  private static final int RING_TUPLES_MIN = 16;

  private final Bell bell;
  private final int ringTuples;
  private final Map<ExecutorPlan, Ring> bySource = new HashMap<>();
  private final Map<PeerTask, TupleRingInlet> inlets = new HashMap<>();
  private final List<Ring> loopRings = new ArrayList<>();
  private final List<Ring> entryRings = new ArrayList<>();

  private record PeerTask(int peerWorker, int task) {}

  /**
   * @param budgetTuples of all rings together
   * @param sources how many rings there will be
   */
  Mailbox(final Bell bell, final long budgetTuples, final int sources) {
    this.bell = bell;
    final long share = Math.max(RING_TUPLES_MIN, budgetTuples / Math.max(1, sources));
    ringTuples = (int) Math.min(Long.highestOneBit(share), 1 << 20);
  }

  /**
   * @param loop whether source and target are in one cycle of the graph
   */
  void addSource(final ExecutorPlan source, final boolean loop) {
    final Ring ring = newRing(loop);
    bySource.put(source, ring);
  }

  /**
   * @param loop whether any tuple from the peer can be of a cycle: such an inlet is never held back
   */
  void addPeer(final int peerWorker, final int task, final boolean loop) {
    inlets.put(new PeerTask(peerWorker, task), new TupleRingInlet(newRing(loop), bell));
  }

  Outlet outletFrom(final ExecutorPlan source) {
    return new RingOutlet(bySource.get(source), bell);
  }

  /**
   * @throws IllegalArgumentException when the plan sends nothing from that worker to the task
   */
  TupleRingInlet inlet(final int peerWorker, final int task) {
    final TupleRingInlet inlet = inlets.get(new PeerTask(peerWorker, task));
    if (inlet == null) {
      throw new IllegalArgumentException("worker " + peerWorker + " sends nothing to task " + task);
    }
    return inlet;
  }

  /** Rings whose tuples may come from the same cycle. */
  List<Ring> loopRings() {
    return loopRings;
  }

  List<Ring> entryRings() {
    return entryRings;
  }

  List<Ring> rings() {
    final List<Ring> rings = new ArrayList<>(loopRings);
    rings.addAll(entryRings);
    return rings;
  }

  private Ring newRing(final boolean loop) {
    final Ring ring = new Ring(ringTuples);
    (loop ? loopRings : entryRings).add(ring);
    return ring;
  }
}
