package gearstorm.host.transport;

/** The room one local task has for one peer, over all of the peer's connections. */
final class ReceiveWindow {
  private final int targetTask;
  private final Inlets.TupleInlet inlet;

  /** Tuples put into the inlet since the start; the reader of the peer's connection writes. */
  private long offered;

  /** Bytes of these. */
  private long offeredBytes;

  /** Whether tuples came since the last signal; the reader's own. */
  private boolean unsignalled;

  ReceiveWindow(final int targetTask, final Inlets.TupleInlet inlet) {
    this.targetTask = targetTask;
    this.inlet = inlet;
  }

  /**
   * The inlet's room, as granted on one connection; the granter thread's own but for its making.
   */
  static final class Grant {
    private final ReceiveWindow window;
    private final long base;
    private final long baseBytes;
    private long tuples;
    private long bytes;

    private Grant(final ReceiveWindow window) {
      this.window = window;
      this.base = window.offered;
      this.baseBytes = window.offeredBytes;
    }

    int targetTask() {
      return window.targetTask;
    }

    /**
     * Raises the limits to the room there is; false when that is not worth a frame yet. What an
     * earlier connection left in the inlet still takes room. A limit never shrinks, though one
     * tuple may have taken more bytes than there were.
     */
    boolean advance() {
      final Inlets.TupleInlet inlet = window.inlet;
      final long newTuples = inlet.taken() + inlet.capacityTuples() - base;
      final long newBytes = inlet.takenBytes() + inlet.capacityBytes() - baseBytes;
      if (newTuples - tuples < quarterOf(inlet.capacityTuples())
          && newBytes - bytes < quarterOf(inlet.capacityBytes())) {
        return false;
      }
      tuples = Math.max(tuples, newTuples);
      bytes = Math.max(bytes, newBytes);
      return true;
    }

    /** How many tuples the peer may send in all. */
    long tuples() {
      return tuples;
    }

    /** After how many bytes it must stop. */
    long bytes() {
      return bytes;
    }
  }

  private static long quarterOf(final long capacity) {
    return Math.max(1, capacity / 4);
  }

  /** Begins the window of a new connection; the connection's reader. */
  Grant newGrant() {
    return new Grant(this);
  }

  /** False when the peer has sent more than it was granted. */
  boolean offer(final EncodedTuple tuple) {
    offered++;
    offeredBytes += tuple.bytes();
    unsignalled = true;
    return inlet.offer(tuple);
  }

  void signal() {
    if (unsignalled) {
      unsignalled = false;
      inlet.signal();
    }
  }
}
