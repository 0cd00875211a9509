package gearstorm.host.executor;

import gearstorm.host.flow.ByteBudget;
import gearstorm.host.flow.Ring;
import gearstorm.host.spi.HostTuple;
import java.util.ArrayList;
import java.util.List;

/** Those rings of a mailbox that are read with the same right, and the bytes that they share. */
final class InputLane {
  private final List<Ring> rings = new ArrayList<>();
  private final ByteBudget budget;

  /**
   * @param bytesMax of the large tuples that come from this process
   */
  InputLane(final long bytesMax) {
    budget = new ByteBudget(bytesMax);
  }

  /** Before the executor starts. */
  Ring add(final Ring ring) {
    rings.add(ring);
    return ring;
  }

  List<Ring> rings() {
    return rings;
  }

  ByteBudget budget() {
    return budget;
  }

  /** The executor only. */
  boolean hasInput() {
    for (int index = 0; index < rings.size(); index++) {
      if (!rings.get(index).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The executor: a tuple of this process has been taken out of one of the rings. */
  void onTaken(final HostTuple tuple) {
    if (tuple.kibibytes() != 0) {
      budget.release(tuple.kibibytes());
    }
  }
}
