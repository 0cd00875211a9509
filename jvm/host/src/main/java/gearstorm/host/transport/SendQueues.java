package gearstorm.host.transport;

import gearstorm.host.progress.RootId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Everything that waits to go to one peer. Executors add rings and credits, the link's writer walks
 * over them. Progress goes before tuples in every batch, and at most half of one: neither waits for
 * the other for longer than a batch.
 */
final class SendQueues {
  private final List<SendRing> tupleRings = new CopyOnWriteArrayList<>();
  private final List<DeltaRing> deltaRings = new CopyOnWriteArrayList<>();
  private final TreeFold trees = new TreeFold();
  private final List<SendCredit> credits = new CopyOnWriteArrayList<>();

  /** Guarded by this. */
  private final Map<Integer, SendRing> ringsBySource = new TreeMap<>();

  /** Guarded by this. */
  private final Map<Integer, SendCredit> creditsByTask = new TreeMap<>();

  /** Where the next batch begins to look, so that the first rings do not starve the rest. */
  private int nextTupleRing;

  private int nextDeltaRing;

  /** The queue of one executor. */
  synchronized SendRing ringOf(final int sourceTask) {
    return ringsBySource.computeIfAbsent(
        sourceTask,
        task -> {
          final SendRing ring = new SendRing();
          tupleRings.add(ring);
          return ring;
        });
  }

  synchronized SendCredit creditOf(final int targetTask) {
    return creditsByTask.computeIfAbsent(
        targetTask,
        task -> {
          final SendCredit credit = new SendCredit(task);
          credits.add(credit);
          return credit;
        });
  }

  DeltaRing newDeltaRing() {
    final DeltaRing ring = new DeltaRing();
    deltaRings.add(ring);
    return ring;
  }

  TreeFold trees() {
    return trees;
  }

  /** In the order of their first use; grows only. */
  List<SendCredit> credits() {
    return credits;
  }

  /** Whether a batch would hold anything; the writer only. */
  boolean hasSendable() {
    for (final DeltaRing ring : deltaRings) {
      if (!ring.isEmpty()) {
        return true;
      }
    }
    for (final SendRing ring : tupleRings) {
      if (ring.sendableBytes() >= 0) {
        return true;
      }
    }
    return !trees.isEmpty();
  }

  /**
   * Fills half of what a batch has left with deltas. One for an earlier life of the peer is
   * dropped: its root died with that life.
   *
   * @param incarnation of the peer on this connection
   * @return false when a delta is for a later life of the peer: the connection leads nowhere any
   *     more, and the delta keeps its place for the next one
   */
  boolean fillProgress(final FrameBatch batch, final int incarnation) {
    final int keepFree = batch.remaining() / 2;
    final int count = deltaRings.size();
    nextDeltaRing = count == 0 ? 0 : (nextDeltaRing + 1) % count;
    batch.begin(Frames.PROGRESS);
    for (int i = 0; i < count; i++) {
      final DeltaRing ring = deltaRings.get((nextDeltaRing + i) % count);
      while (batch.remaining() > keepFree && !ring.isEmpty()) {
        if (ring.incarnation() == incarnation) {
          ring.moveTo(batch);
        } else if (RootId.isOlder(ring.incarnation(), incarnation)) {
          ring.discard();
        } else {
          return false;
        }
      }
    }
    batch.end();
    return true;
  }

  /**
   * Fills the rest of a batch with tuples that have credit.
   *
   * @return how many
   */
  int fillTuples(final FrameBatch batch) {
    final int count = tupleRings.size();
    nextTupleRing = count == 0 ? 0 : (nextTupleRing + 1) % count;
    int tuples = 0;
    batch.begin(Frames.TUPLES);
    for (int i = 0; i < count; i++) {
      tuples += fillFrom(tupleRings.get((nextTupleRing + i) % count), batch);
    }
    batch.end();
    return tuples;
  }

  /** Takes a tuple that must go alone and is next in its ring; null when there is none. */
  byte[] takeLarge() {
    for (final SendRing ring : tupleRings) {
      if (ring.sendableBytes() > FrameBatch.TUPLE_BYTES_MAX) {
        return ring.take();
      }
    }
    return null;
  }

  void resetCredits() {
    for (final SendCredit credit : credits) {
      credit.reset();
    }
  }

  /**
   * Forgets all tuples that wait, but no delta: some may be for a life of the peer that has begun
   * already.
   *
   * @return the number of tuples lost
   */
  int discard(final TupleFormat.RootVisitor rootsLost) {
    trees.clear();
    int tuples = 0;
    for (final SendRing ring : tupleRings) {
      for (byte[] tuple = ring.take(); tuple != null; tuple = ring.take()) {
        TupleFormat.visitRoots(tuple, rootsLost);
        tuples++;
      }
    }
    return tuples;
  }

  private static int fillFrom(final SendRing ring, final FrameBatch batch) {
    int tuples = 0;
    int bytes = ring.sendableBytes();
    while (bytes >= 0 && bytes <= Math.min(FrameBatch.TUPLE_BYTES_MAX, batch.remaining())) {
      batch.put(ring.take());
      tuples++;
      bytes = ring.sendableBytes();
    }
    return tuples;
  }
}
