package gearstorm.host.transport;

/**
 * Where links put what arrives; implemented by the executors of this process. Both look-ups are
 * called by several threads, once for each pair.
 */
public interface Inlets {
  /** The way in from one peer to one local task; one thread (the link's reader) offers. */
  TupleInlet tupleInlet(int peerWorker, int targetTask);

  /**
   * The way in from one peer to one local spout task; tasks of one executor may share it. The link
   * offers to one inlet from several threads, one at a time and each seeing what the one before
   * did.
   */
  ProgressInlet progressInlet(int peerWorker, int spoutTask);

  /** Takes a count of a followed tree; any thread. */
  void treeCount(int spoutTask, long root, int component, int tuples);

  /** Tuples still encoded: links frame, the executor decodes on its own thread. */
  interface TupleInlet {
    /** Room for this many tuples for ever: the credit window granted to the peer. */
    int capacityTuples();

    /**
     * Room for this many bytes of tuples, as {@link EncodedTuple#bytes} counts them: the other half
     * of the window. A tuple is let in as long as there is any room, so one may exceed it.
     */
    long capacityBytes();

    /** Never refused while the peer keeps to its credit; false means it did not. */
    boolean offer(EncodedTuple tuple);

    /** Tuples taken out since the start; grows only. Read by the link to grant credit. */
    long taken();

    /** Bytes of the tuples taken out since the start; grows only. */
    long takenBytes();

    /**
     * Sets what the executor runs on its own thread after every further quarter of the capacity, in
     * tuples or bytes, once {@link #taken} and {@link #takenBytes} show it. Set once, before the
     * first offer; it is cheap, never blocks and never throws.
     */
    void onTaken(Runnable listener);

    void signal();
  }

  /** Progress deltas for a spout's executor. */
  interface ProgressInlet {
    /**
     * Hands one delta over.
     *
     * @return false when there is no room now; the link folds the delta and offers again
     */
    boolean offer(int rootTask, long root, long xor, boolean failed);

    void signal();
  }
}
