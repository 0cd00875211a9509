package gearstorm.host.transport;

import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.Roots;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One tuple in a tuples frame: a header, its roots, and values that links never look into. */
final class TupleFormat {
  private static final int FIXED_BYTES = 4 + 4 + 2 + 4;
  private static final int ROOT_BYTES = 4 + 8 + 8;

  /** What hears of the trees a tuple belongs to. */
  @FunctionalInterface
  interface RootVisitor {
    void visit(int rootTask, long root);
  }

  private TupleFormat() {}

  /**
   * What a tuple takes on the wire.
   *
   * @throws IllegalArgumentException when that is more than a frame holds
   */
  static int bytes(final HostTuple tuple, final byte[] values) {
    final long bytes = FIXED_BYTES + (long) ROOT_BYTES * rootCount(tuple) + 4 + values.length;
    if (bytes > Frames.LENGTH_MAX - 1) {
      throw new IllegalArgumentException(
          "a tuple from task %d to task %d has %d bytes, more than the %d that can be sent to another worker: send its values in parts, or say where they can be found"
              .formatted(tuple.sourceTask(), tuple.targetTask(), bytes, Frames.LENGTH_MAX - 1));
    }
    return (int) bytes;
  }

  /** The same of a tuple that came off a link. */
  static int bytes(final int rootCount, final int valuesBytes) {
    return FIXED_BYTES + ROOT_BYTES * rootCount + 4 + valuesBytes;
  }

  /**
   * Lays out one tuple.
   *
   * @throws IllegalArgumentException when the tuple is larger than a frame
   */
  static byte[] encode(final HostTuple tuple, final byte[] values) {
    final byte[] encoded = new byte[bytes(tuple, values)];
    final ByteBuffer out = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(tuple.targetTask())
        .putInt(tuple.sourceTask())
        .putShort((short) tuple.streamNumber());
    putRoots(out, tuple);
    out.putInt(values.length).put(values);
    return encoded;
  }

  /**
   * Reads the next tuple of a frame's body.
   *
   * @throws WireException when the body ends within it
   */
  static EncodedTuple decode(final ByteBuffer body) throws WireException {
    Frames.require(body, FIXED_BYTES, "tuples");
    final int targetTask = body.getInt();
    final int sourceTask = body.getInt();
    final int stream = body.getShort() & 0xffff;
    final int rootCount = count(body, ROOT_BYTES);
    if (rootCount == 1) {
      final int rootTask = body.getInt();
      final long root = body.getLong();
      final long edge = body.getLong();
      return new EncodedTuple(
          sourceTask, stream, targetTask, rootTask, root, edge, null, values(body));
    }
    final Roots roots = rootCount == 0 ? null : roots(body, rootCount);
    return new EncodedTuple(sourceTask, stream, targetTask, 0, 0, 0, roots, values(body));
  }

  static void visitRoots(final HostTuple tuple, final RootVisitor visitor) {
    final Roots roots = tuple.roots();
    if (roots == null) {
      if (tuple.root() != 0) {
        visitor.visit(tuple.rootTask(), tuple.root());
      }
      return;
    }
    for (int i = 0; i < roots.roots().length; i++) {
      visitor.visit(roots.rootTasks()[i], roots.roots()[i]);
    }
  }

  /** As {@link #visitRoots(HostTuple, RootVisitor)}, for a tuple that {@link #encode} made. */
  static void visitRoots(final byte[] tuple, final RootVisitor visitor) {
    final ByteBuffer in = ByteBuffer.wrap(tuple).order(ByteOrder.LITTLE_ENDIAN);
    final int count = in.getInt(FIXED_BYTES - 4);
    for (int i = 0; i < count; i++) {
      final int at = FIXED_BYTES + i * ROOT_BYTES;
      visitor.visit(in.getInt(at), in.getLong(at + 4));
    }
  }

  private static int rootCount(final HostTuple tuple) {
    final Roots roots = tuple.roots();
    if (roots != null) {
      return roots.roots().length;
    }
    return tuple.root() == 0 ? 0 : 1;
  }

  private static void putRoots(final ByteBuffer out, final HostTuple tuple) {
    final Roots roots = tuple.roots();
    out.putInt(rootCount(tuple));
    if (roots == null) {
      if (tuple.root() != 0) {
        out.putInt(tuple.rootTask()).putLong(tuple.root()).putLong(tuple.edge());
      }
      return;
    }
    for (int i = 0; i < roots.roots().length; i++) {
      out.putInt(roots.rootTasks()[i]).putLong(roots.roots()[i]).putLong(roots.edges()[i]);
    }
  }

  private static Roots roots(final ByteBuffer body, final int count) {
    final Roots roots = new Roots(new int[count], new long[count], new long[count]);
    for (int i = 0; i < count; i++) {
      roots.rootTasks()[i] = body.getInt();
      roots.roots()[i] = body.getLong();
      roots.edges()[i] = body.getLong();
    }
    return roots;
  }

  private static byte[] values(final ByteBuffer body) throws WireException {
    Frames.require(body, 4, "tuples");
    final byte[] values = new byte[count(body, 1)];
    body.get(values);
    return values;
  }

  /** Reads a count of elements and checks it against what is there before anything is allocated. */
  private static int count(final ByteBuffer body, final int elementBytes) throws WireException {
    final long count = body.getInt() & 0xffffffffL;
    if (count * elementBytes > body.remaining()) {
      throw new WireException("a tuple announces more than its frame holds");
    }
    return (int) count;
  }
}
