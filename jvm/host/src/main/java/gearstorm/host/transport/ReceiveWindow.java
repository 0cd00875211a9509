package gearstorm.host.transport;

/** The room one local task has for one peer, over all of the peer's connections. */
final class ReceiveWindow {
  private final int targetTask;
  private final Inlets.TupleInlet inlet;

  /** Tuples put into the inlet since the start; the reader of the peer's connection writes. */
  private long offered;

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
    private final int quarter;
    private long granted;

    private Grant(final ReceiveWindow window) {
      this.window = window;
      this.base = window.offered;
      this.quarter = quarterOf(window.inlet.capacityTuples());
    }

    int targetTask() {
      return window.targetTask;
    }

    /**
     * The limit to tell the peer; -1 when it is not worth a frame yet. What an earlier connection
     * left in the inlet still takes room.
     */
    long due() {
      final long limit = window.inlet.taken() + window.inlet.capacityTuples() - base;
      if (limit - granted < quarter) {
        return -1;
      }
      granted = limit;
      return limit;
    }
  }

  static int quarterOf(final int capacityTuples) {
    return Math.max(1, capacityTuples / 4);
  }

  /** Begins the window of a new connection; the connection's reader. */
  Grant newGrant() {
    return new Grant(this);
  }

  /** False when the peer has sent more than it was granted. */
  boolean offer(final EncodedTuple tuple) {
    offered++;
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
