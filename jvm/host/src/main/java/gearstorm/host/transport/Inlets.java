package gearstorm.host.transport;

/** Where links put what arrives; implemented by the executors of this process. */
public interface Inlets {
  /** The way in from one peer to one local task; one thread (the link's reader) offers. */
  TupleInlet tupleInlet(int peerWorker, int targetTask);

  ProgressInlet progressInlet(int peerWorker, int spoutTask);

  /** Tuples still encoded: the executor decodes on its own thread (DESIGN rule 11). */
  interface TupleInlet {
    /** Room for this many tuples for ever: the credit window granted to the peer. */
    int capacityTuples();

    /** Never refused while the peer keeps to its credit; false means it did not. */
    boolean offer(EncodedTuple tuple);

    /** Tuples taken out since the start; grows only. Read by the link to grant credit. */
    long taken();

    void signal();
  }

  interface ProgressInlet {
    boolean offer(int rootTask, long root, long xor, boolean failed);

    void signal();
  }
}
