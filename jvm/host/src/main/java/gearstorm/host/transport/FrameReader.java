package gearstorm.host.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/**
 * Cuts a byte stream into frames. Its buffer grows with the bytes that have come, up to the frame
 * announced: an announcement alone allocates nothing. One thread.
 */
final class FrameReader {
  /** For a connection that carries tuples. */
  static final int DATA_BYTES = 256 << 10;

  /** For one that carries credit. */
  static final int CREDIT_BYTES = 16 << 10;

  private final ReadableByteChannel channel;
  private final int usualBytes;
  private final ByteBuffer chunk;
  private byte[] data;
  private int start;
  private int end;
  private int frameLength;

  /**
   * Begins to read.
   *
   * @param usualBytes size of the buffer while no larger frame comes
   */
  FrameReader(final ReadableByteChannel channel, final int usualBytes) {
    this.channel = channel;
    this.usualBytes = usualBytes;
    this.chunk = ByteBuffer.allocateDirect(usualBytes);
    this.data = new byte[usualBytes];
  }

  /**
   * Goes to the next frame; the former one's body is void then.
   *
   * @return false at the end of the stream; a frame cut off by it is discarded
   * @throws WireException when the announced length is not possible
   */
  boolean next() throws IOException {
    skipCurrent();
    while (end - start < 4 || end - start < 4 + announcedLength()) {
      if (!fill()) {
        return false;
      }
    }
    frameLength = announcedLength();
    return true;
  }

  byte type() {
    return data[start + 4];
  }

  ByteBuffer body() {
    return ByteBuffer.wrap(data, start + Frames.HEADER_BYTES, frameLength - 1)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Of the current frame, with its length field. */
  int frameBytes() {
    return 4 + frameLength;
  }

  /** What the buffer takes now. */
  int bufferBytes() {
    return data.length;
  }

  private void skipCurrent() {
    if (frameLength > 0) {
      start += 4 + frameLength;
      frameLength = 0;
    }
    if (start == end) {
      start = 0;
      end = 0;
      if (data.length > usualBytes) {
        data = new byte[usualBytes];
      }
    }
  }

  private int announcedLength() throws WireException {
    final int length = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt(start);
    if (length < 1 || length > Frames.LENGTH_MAX) {
      throw new WireException(
          "a frame announces %d bytes, possible are 1 to %d"
              .formatted(length & 0xffffffffL, Frames.LENGTH_MAX));
    }
    return length;
  }

  private boolean fill() throws IOException {
    makeRoom();
    chunk.clear().limit(Math.min(chunk.capacity(), data.length - end));
    final int count = channel.read(chunk);
    if (count < 0) {
      return false;
    }
    chunk.flip().get(data, end, count);
    end += count;
    return true;
  }

  private void makeRoom() throws WireException {
    if (end < data.length) {
      return;
    }
    final int held = end - start;
    final byte[] target = held > data.length / 2 ? grown(4 + announcedLength()) : data;
    System.arraycopy(data, start, target, 0, held);
    data = target;
    start = 0;
    end = held;
  }

  private byte[] grown(final int needed) {
    return needed <= data.length ? data : new byte[Math.min(2 * data.length, needed)];
  }
}
