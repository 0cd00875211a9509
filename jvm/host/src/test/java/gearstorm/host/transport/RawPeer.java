package gearstorm.host.transport;

import gearstorm.host.transport.Frames.Hello;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A sender that a test drives frame by frame, right or wrong. */
final class RawPeer implements AutoCloseable {
  final FrameReader reader;

  private final SocketChannel channel;
  private final FrameBatch batch = new FrameBatch(FrameBatch.DATA_BYTES);

  RawPeer(final UnixDomainSocketAddress address) throws IOException {
    channel = SocketChannel.open(address);
    reader = new FrameReader(channel, FrameReader.CREDIT_BYTES);
  }

  /** Says hello as worker 0 to worker 1 and expects an answer of this type. */
  RawPeer hello(final String stormId, final int incarnation, final byte answer) throws IOException {
    send(new Hello(WireVersion.CURRENT, 0, 1, incarnation, stormId).encode());
    if (!reader.next() || reader.type() != answer) {
      throw new IOException("the answer is of type " + reader.type());
    }
    return this;
  }

  void open(final int task) throws IOException {
    batch.begin(Frames.OPEN);
    batch.putTask(task);
    flush();
  }

  void tuples(final int task, final int count) throws IOException {
    batch.begin(Frames.TUPLES);
    for (long i = 0; i < count; i++) {
      batch.put(TupleFormat.encode(TestTuple.untracked(task, i), new byte[8]));
    }
    flush();
  }

  void send(final ByteBuffer bytes) throws IOException {
    FrameBatch.writeFully(channel, bytes);
  }

  /** Reads the next credit frame of one grant. */
  long readLimit() throws IOException {
    if (!reader.next() || reader.type() != Frames.CREDIT) {
      throw new IOException("no credit came");
    }
    return reader.body().getLong(4); // after the task, before the bytes
  }

  /** Whether the other side has closed the connection; waits for it or for a frame. */
  boolean isClosedByPeer() {
    try {
      return !reader.next();
    } catch (IOException e) {
      return true;
    }
  }

  private void flush() throws IOException {
    batch.end();
    batch.flush(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
