package gearstorm.host.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The frames of a data connection as docs/wire-protocol.md lays them out: little-endian, {@code u32
 * length} of what follows, {@code u8 type}, body. Tuples have a class of their own.
 */
final class Frames {
  /** Of a frame's length field. */
  static final int LENGTH_MAX = 64 << 20;

  /** Length field and type. */
  static final int HEADER_BYTES = 5;

  static final byte HELLO = 1;
  static final byte HELLO_ACK = 2;
  static final byte TUPLES = 3;
  static final byte PROGRESS = 4;
  static final byte CREDIT = 5;
  static final byte OPEN = 6;
  static final byte REFUSED = 7;
  static final byte TREES = 8;

  static final byte KIND_DELTA = 0;
  static final byte KIND_FAIL = 1;

  /** Of one entry in a progress frame. */
  static final int DELTA_BYTES = 4 + 8 + 8 + 1;

  /** Of one entry in a credit frame. */
  static final int CREDIT_BYTES = 4 + 8 + 8;

  /** Of one entry in a trees frame. */
  static final int TREE_BYTES = 4 + 8 + 2 + 4;

  private Frames() {}

  /** The sender's first frame. */
  record Hello(
      int wireVersion,
      int senderWorker,
      int receiverWorker,
      int senderIncarnation,
      String stormId) {
    ByteBuffer encode() {
      final byte[] id = stormId.getBytes(StandardCharsets.UTF_8);
      return frame(HELLO, 10 + id.length)
          .putShort((short) wireVersion)
          .putShort((short) senderWorker)
          .putShort((short) receiverWorker)
          .putShort((short) senderIncarnation)
          .putShort((short) id.length)
          .put(id)
          .flip();
    }

    static Hello decode(final ByteBuffer body) throws WireException {
      require(body, 10, "hello");
      final int version = u16(body);
      final int sender = u16(body);
      final int receiver = u16(body);
      final int incarnation = u16(body);
      final int length = u16(body);
      if (length != body.remaining()) {
        throw new WireException("the storm id of a hello frame does not fill the frame");
      }
      return new Hello(version, sender, receiver, incarnation, text(body));
    }
  }

  /** The receiver's first frame, unless it refuses. */
  record HelloAck(int wireVersion, int receiverIncarnation) {
    ByteBuffer encode() {
      return frame(HELLO_ACK, 4)
          .putShort((short) wireVersion)
          .putShort((short) receiverIncarnation)
          .flip();
    }

    static HelloAck decode(final ByteBuffer body) throws WireException {
      require(body, 4, "hello-ack");
      return new HelloAck(u16(body), u16(body));
    }
  }

  static ByteBuffer encodeRefused(final String reason) {
    final byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return frame(REFUSED, text.length).put(text).flip();
  }

  static String text(final ByteBuffer body) {
    return StandardCharsets.UTF_8.decode(body).toString();
  }

  /** An empty frame with room for a body of exactly this size, to be filled and flipped. */
  static ByteBuffer frame(final byte type, final int bodyBytes) {
    return ByteBuffer.allocate(HEADER_BYTES + bodyBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(1 + bodyBytes)
        .put(type);
  }

  /**
   * Checks that a body has so many bytes left before they are read.
   *
   * @throws WireException when it has not
   */
  static void require(final ByteBuffer body, final int bytes, final String what)
      throws WireException {
    if (body.remaining() < bytes) {
      throw new WireException(
          "a %s frame ends %d bytes early".formatted(what, bytes - body.remaining()));
    }
  }

  private static int u16(final ByteBuffer body) {
    return body.getShort() & 0xffff;
  }
}
