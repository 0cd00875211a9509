package gearstorm.host.executor;

/** One executor's way to one spout executor for progress deltas. */
public interface ProgressOutlet {
  /**
   * Hands one delta over.
   *
   * @param root with the spout's incarnation, see docs/wire-protocol.md
   * @param xor the XOR of edges retired and created; ignored for a fail
   * @return false when there is no room now; the caller folds the delta and offers again
   */
  boolean offer(int rootTask, long root, long xor, boolean failed);

  void signal();
}
