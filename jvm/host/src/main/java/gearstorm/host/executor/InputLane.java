package gearstorm.host.executor;

import gearstorm.host.flow.ByteBudget;
import gearstorm.host.flow.ReadyMarks;
import gearstorm.host.flow.Ring;
import gearstorm.host.spi.HostTuple;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/** Those rings of a mailbox that are read with the same right, and the bytes that they share. */
final class InputLane {
  private static final int TURN_MASK = ReadyMarks.QUEUES_MAX - 1;

  private final List<Ring> rings = new ArrayList<>();
  private final ByteBudget budget;

  /** Where to look for input, for so many rings each; null when all rings are looked at. */
  private final List<ReadyMarks> marks;

  /** What the executor does with a ring that may hold something. */
  @FunctionalInterface
  interface Taker {
    /** Takes some tuples; whether there were any. */
    boolean take(InputLane lane, Ring ring) throws Exception;
  }

  /**
   * @param bytesMax of the large tuples that come from this process
   * @param marked whether rings with input are marked: with few rings a look at each costs less
   */
  InputLane(final long bytesMax, final boolean marked) {
    budget = new ByteBudget(bytesMax);
    marks = marked ? new ArrayList<>() : null;
  }

  /** Before the executor starts; returns the ring's number. */
  int add(final Ring ring) {
    rings.add(ring);
    if (marks != null && marks.size() * ReadyMarks.QUEUES_MAX < rings.size()) {
      marks.add(new ReadyMarks());
    }
    return rings.size() - 1;
  }

  List<Ring> rings() {
    return rings;
  }

  ByteBudget budget() {
    return budget;
  }

  /** Who has offered to this ring; before the executor is woken. */
  void onOffered(final int ring) {
    if (marks != null) {
      VarHandle.fullFence();
      marks.get(ring / ReadyMarks.QUEUES_MAX).mark(ring % ReadyMarks.QUEUES_MAX);
    }
  }

  /** The executor; another thread only while it waits. */
  boolean hasInput() {
    return marks == null ? anyHolds() : anyMarked();
  }

  /**
   * The executor: shows the taker every ring that may hold something, once.
   *
   * @param turn which ring comes first, in turn, so that none is left out for ever
   */
  boolean takeFromAll(final int turn, final Taker taker) throws Exception {
    boolean taken = false;
    if (marks == null) {
      for (int index = 0; index < rings.size(); index++) {
        taken |= taker.take(this, rings.get(Math.floorMod(turn + index, rings.size())));
      }
      return taken;
    }
    for (int group = 0; group < marks.size(); group++) {
      taken |= takeFromMarked(group, turn, taker);
    }
    return taken;
  }

  /** The executor: a tuple of this process has been taken out of one of the rings. */
  void onTaken(final HostTuple tuple) {
    if (tuple.kibibytes() != 0) {
      budget.release(tuple.kibibytes());
    }
  }

  private boolean takeFromMarked(final int group, final int turn, final Taker taker)
      throws Exception {
    final ReadyMarks groupMarks = marks.get(group);
    boolean taken = false;
    for (long ready = Long.rotateRight(groupMarks.take(), turn); ready != 0; ready &= ready - 1) {
      final int queue = (turn + Long.numberOfTrailingZeros(ready)) & TURN_MASK;
      final Ring ring = rings.get(group * ReadyMarks.QUEUES_MAX + queue);
      taken |= taker.take(this, ring);
      if (!ring.isEmpty()) {
        groupMarks.mark(queue);
      }
    }
    return taken;
  }

  private boolean anyHolds() {
    for (int index = 0; index < rings.size(); index++) {
      if (!rings.get(index).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private boolean anyMarked() {
    for (int group = 0; group < marks.size(); group++) {
      if (marks.get(group).any()) {
        return true;
      }
    }
    return false;
  }
}
