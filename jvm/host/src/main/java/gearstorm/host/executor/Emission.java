package gearstorm.host.executor;

import gearstorm.host.routing.TaskSelection;
import gearstorm.host.spi.HostTuple;
import java.util.Arrays;

/** Scratch of one emit: its target tasks and the tuples made for them. Used by one thread. */
final class Emission {
  private final TaskSelection targets = new TaskSelection();
  private HostTuple[] tuples = new HostTuple[4];
  private byte[] payload;
  private int kibibytes;
  private boolean inUse;

  boolean inUse() {
    return inUse;
  }

  void begin() {
    inUse = true;
    targets.clear();
  }

  void end() {
    Arrays.fill(tuples, 0, Math.min(targets.size(), tuples.length), null);
    payload = null;
    inUse = false;
  }

  /** The encoded values; null when no target is in another worker. */
  byte[] payload() {
    return payload;
  }

  void payload(final byte[] encoded) {
    payload = encoded;
  }

  /** What the values hold. */
  int kibibytes() {
    return kibibytes;
  }

  void kibibytes(final int estimate) {
    kibibytes = estimate;
  }

  TaskSelection targets() {
    return targets;
  }

  int size() {
    return targets.size();
  }

  int target(final int index) {
    return targets.get(index);
  }

  HostTuple tuple(final int index) {
    return tuples[index];
  }

  void tuple(final int index, final HostTuple tuple) {
    if (index == tuples.length) {
      tuples = Arrays.copyOf(tuples, index * 2);
    }
    tuples[index] = tuple;
  }
}
