package gearstorm.host.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** Frames that leave together in one write; one thread. */
final class FrameBatch {
  /** For a connection that carries tuples. */
  static final int DATA_BYTES = 256 << 10;

  /** For one that carries credit. */
  static final int CREDIT_BYTES = 4 << 10;

  /** A larger tuple goes alone, so that it need not wait for an empty batch. */
  static final int TUPLE_BYTES_MAX = DATA_BYTES / 4;

  private final ByteBuffer buffer;

  /** Where the open frame's length field is. */
  private int frameStart;

  FrameBatch(final int bytes) {
    buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  void begin(final byte type) {
    frameStart = buffer.position();
    buffer.putInt(0).put(type);
  }

  /** Ends the open frame; one without a body leaves no trace. */
  void end() {
    final int length = buffer.position() - frameStart - 4;
    if (length == 1) {
      buffer.position(frameStart);
    } else {
      buffer.putInt(frameStart, length);
    }
  }

  void clear() {
    buffer.clear();
  }

  int remaining() {
    return buffer.remaining();
  }

  boolean isEmpty() {
    return buffer.position() == 0;
  }

  void put(final byte[] bytes) {
    buffer.put(bytes);
  }

  void putTask(final int task) {
    buffer.putInt(task);
  }

  void putCredit(final int task, final long tuples, final long bytes) {
    buffer.putInt(task).putLong(tuples).putLong(bytes);
  }

  void putDelta(final int rootTask, final long root, final long xor, final boolean failed) {
    buffer
        .putInt(rootTask)
        .putLong(root)
        .putLong(xor)
        .put(failed ? Frames.KIND_FAIL : Frames.KIND_DELTA);
  }

  void putTreeCount(final int spoutTask, final long root, final int component, final int tuples) {
    buffer.putInt(spoutTask).putLong(root).putShort((short) component).putInt(tuples);
  }

  /**
   * Writes everything and begins anew.
   *
   * @return bytes written
   */
  int flush(final WritableByteChannel channel) throws IOException {
    buffer.flip();
    final int bytes = buffer.remaining();
    writeFully(channel, buffer);
    buffer.clear();
    return bytes;
  }

  /** Writes one tuple of any size as a frame of its own; only when the batch is empty. */
  int flushAlone(final WritableByteChannel channel, final byte[] tuple) throws IOException {
    buffer.putInt(1 + tuple.length).put(Frames.TUPLES);
    int offset = 0;
    while (offset < tuple.length) {
      final int part = Math.min(buffer.remaining(), tuple.length - offset);
      buffer.put(tuple, offset, part);
      offset += part;
      flush(channel);
    }
    return Frames.HEADER_BYTES + tuple.length;
  }

  static void writeFully(final WritableByteChannel channel, final ByteBuffer bytes)
      throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
