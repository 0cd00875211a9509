package gearstorm.host.executor;

import gearstorm.host.spi.HostTuple;

/**
 * Acks of one tree that its executor makes one after the other, which leave as one delta: the words
 * of a sentence come in a row. It delays nothing. An ack is held only while the tuple that is
 * executed next, or at this moment, is of the same tree and not acked, so the tree cannot be
 * complete; and if that tuple is lost with the executor, the tree is lost anyway. Used by the
 * executor's own thread only.
 */
final class AckRun {
  private long nextRoot;
  private int nextRootTask;

  private long heldRoot;
  private int heldRootTask;

  /** XOR of the acks that nobody was told of; 0 is none, or some without an effect. */
  private long heldXor;

  /**
   * Another tuple is about to be executed.
   *
   * @param next the one after it, or null when that is not known
   * @return whether what is held has to leave before
   */
  boolean begins(final HostTuple tuple, final HostTuple next) {
    nextRoot = next == null ? 0 : next.root();
    nextRootTask = nextRoot == 0 ? 0 : next.rootTask();
    return heldXor != 0 && !isHeldFor(tuple);
  }

  /**
   * Retires a tuple of one tree.
   *
   * @param xor what its ack changes
   * @return what its tree has to be told now, which is 0 when the ack is held
   */
  long ack(final HostTuple tuple, final long xor) {
    final long together = isHeldFor(tuple) ? xor ^ takeHeld() : xor;
    if (heldXor != 0 || tuple.root() != nextRoot || tuple.rootTask() != nextRootTask) {
      return together;
    }
    heldRoot = nextRoot;
    heldRootTask = nextRootTask;
    heldXor = together;
    return 0;
  }

  private boolean isHeldFor(final HostTuple tuple) {
    return heldXor != 0 && tuple.root() == heldRoot && tuple.rootTask() == heldRootTask;
  }

  long takeHeld() {
    final long xor = heldXor;
    heldXor = 0;
    return xor;
  }

  long heldRoot() {
    return heldRoot;
  }

  int heldRootTask() {
    return heldRootTask;
  }
}
