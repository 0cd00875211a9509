package gearstorm.host.executor;

import gearstorm.host.progress.DeltaFold;

/** An executor's way to one spout executor: never refuses, owes what finds no room. */
final class ProgressWay {
  private final ProgressOutlet outlet;
  private final DeltaFold owed = new DeltaFold();

  /** Whether anything is owed: asked for every delta. */
  private boolean owes;

  ProgressWay(final ProgressOutlet outlet) {
    this.outlet = outlet;
  }

  /** Sends one delta, or folds it behind those that already wait. */
  void send(final int rootTask, final long root, final long xor, final boolean failed) {
    if (owes || !outlet.offer(rootTask, root, xor, failed)) {
      owed.add(rootTask, root, xor, failed);
      owes = true;
    }
  }

  boolean owes() {
    return owes;
  }

  void flush() {
    final boolean moved = owed.flush(outlet::offer);
    owes = !owed.isEmpty();
    if (moved) {
      outlet.signal();
    }
  }

  void signal() {
    outlet.signal();
  }
}
