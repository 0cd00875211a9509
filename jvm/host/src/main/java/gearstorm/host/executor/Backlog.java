package gearstorm.host.executor;

import java.util.ArrayList;
import java.util.List;

/** The lanes of one executor that hold tuples back. Changed only inside the executor's gate. */
final class Backlog {
  private final List<Lane> waiting = new ArrayList<>();

  // What waits on edges that stop the executor; written inside the gate, read by any thread.
  private volatile int stoppingTuples;
  private volatile long stoppingBytes;

  private volatile boolean empty = true;

  /** Takes a tuple that its lane refused. */
  void hold(final Lane lane, final Lane.Waiting tuple) {
    if (!lane.hasOverflow()) {
      waiting.add(lane);
      empty = false;
    }
    if (lane.stopsInput()) {
      addStopping(1, tuple.bytes());
    }
    lane.hold(tuple);
  }

  boolean isEmpty() {
    return empty;
  }

  /** Tuples that wait on edges that stop the executor. */
  int waitingTuples() {
    return stoppingTuples;
  }

  /** While true the executor takes no new input. */
  boolean stopsInput() {
    return stoppingTuples > 0;
  }

  /** Whether more than so much waits on edges that stop the executor. */
  boolean exceeds(final int tuples, final long bytes) {
    return stoppingTuples > tuples || stoppingBytes > bytes;
  }

  /** Moves what there is room for and wakes its targets; whether anything moved. */
  boolean flush() {
    final List<Lane> moved = new ArrayList<>();
    for (final Lane lane : waiting) {
      final long bytesBefore = lane.overflowBytes();
      final int count = lane.flush();
      if (count > 0) {
        moved.add(lane);
        if (lane.stopsInput()) {
          addStopping(-count, lane.overflowBytes() - bytesBefore);
        }
      }
    }
    waiting.removeIf(lane -> !lane.hasOverflow());
    empty = waiting.isEmpty();
    moved.forEach(Lane::signal);
    return !moved.isEmpty();
  }

  void requestRoom(final Runnable wake) {
    waiting.forEach(lane -> lane.requestRoom(wake));
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time, inside the gate
  private void addStopping(final int tuples, final long bytes) {
    stoppingTuples += tuples;
    stoppingBytes += bytes;
  }
}
