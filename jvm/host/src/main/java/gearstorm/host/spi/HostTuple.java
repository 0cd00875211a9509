package gearstorm.host.spi;

import java.util.List;

/**
 * A tuple on its way to one task; the bridge's class is also Storm's own Tuple. A root is named by
 * its spout task and a long: the worker's incarnation in the upper 16 bits, a sequence below
 * (docs/wire-protocol.md).
 */
public interface HostTuple {
  int sourceTask();

  /** {@link StreamInfo#number} of the stream at the source. */
  int streamNumber();

  int targetTask();

  List<Object> values();

  /** The one root; 0 when the tuple has none or several. */
  long root();

  int rootTask();

  /** The tuple's edge in the tree of {@link #root}. */
  long edge();

  /** All trees, when there are several; null otherwise. */
  Roots roots();

  /** About how much the values hold, in KiB, rounded down: 0 is a tuple that counts by number. */
  int kibibytes();

  /** Before the tuple is published only; 0 to 65,535. */
  void kibibytes(int kibibytes);

  /** XOR of the edges of all tuples anchored to this one. */
  long childEdges();

  void addChildEdge(long edge);

  /**
   * Nanosecond stamp for latencies; 0 when this tuple is not sampled. Written before publishing or
   * by the receiver.
   */
  long stampNs();

  void stampNs(long stampNs);
}
