package gearstorm.host.executor;

import gearstorm.host.routing.TaskSelection;
import gearstorm.host.spi.HostTuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scratch of one emit: its target tasks and the tuples made for them. Used by one thread. */
final class Emission {
  private final TaskSelection targets = new TaskSelection();
  private HostTuple[] tuples = new HostTuple[4];
  private byte[] kryo;
  private byte[] messagePack;
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
    for (int index = Math.min(targets.size(), tuples.length) - 1; index >= 0; index--) {
      tuples[index] = null;
    }
    kryo = null;
    messagePack = null;
    inUse = false;
  }

  /** The values as targets of one encoding want them; null until they were encoded so. */
  byte[] payload(final Encoding encoding) {
    return encoding == Encoding.KRYO ? kryo : messagePack;
  }

  void payload(final Encoding encoding, final byte[] encoded) {
    if (encoding == Encoding.KRYO) {
      kryo = encoded;
    } else {
      messagePack = encoded;
    }
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

  /** The target tasks as user code sees them; the list is the caller's, who may change it. */
  List<Integer> ids(final TaskDirectory directory) {
    final List<Integer> ids = new ArrayList<>(size());
    for (int index = 0; index < size(); index++) {
      ids.add(directory.idOf(target(index)));
    }
    return ids;
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
