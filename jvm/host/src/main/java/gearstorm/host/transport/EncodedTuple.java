package gearstorm.host.transport;

import gearstorm.host.spi.Roots;

/**
 * A tuple as it came off a link, its values not decoded.
 *
 * @param payload values as the sender's codec wrote them
 */
public record EncodedTuple(
    int sourceTask,
    int streamNumber,
    int targetTask,
    int rootTask,
    long root,
    long edge,
    Roots roots,
    byte[] payload) {
  /** What the tuple takes on the wire, which is what credit counts. */
  public int bytes() {
    final int rootCount = roots == null ? (root == 0 ? 0 : 1) : roots.roots().length;
    return TupleFormat.bytes(rootCount, payload.length);
  }
}
