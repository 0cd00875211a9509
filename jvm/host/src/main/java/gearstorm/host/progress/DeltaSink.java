package gearstorm.host.progress;

/** Takes progress deltas. */
@FunctionalInterface
public interface DeltaSink {
  /**
   * Takes one delta.
   *
   * @param xor the XOR of edges retired and created; ignored for a fail
   */
  void onDelta(long root, long xor, boolean failed);
}
