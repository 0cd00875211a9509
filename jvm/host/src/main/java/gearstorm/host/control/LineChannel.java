package gearstorm.host.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * A Unix socket that carries lines. One thread reads while others write; the channel is used
 * directly because the streams of java.nio.channels.Channels share one lock for both.
 */
final class LineChannel implements AutoCloseable {
  static final int MAX_LINE_BYTES = 4 * 1024 * 1024;
  private static final int FIRST_BUFFER_BYTES = 8 * 1024;

  private final SocketChannel channel;
  private final Object writing = new Object();

  /** Where it leads; null when nobody can take the place of who is there. */
  private final Path socket;

  /** Names the file at the time of the connection. */
  private final Object fileKey;

  // the reading thread's
  private byte[] pending = new byte[FIRST_BUFFER_BYTES];
  private int start;
  private int end;

  LineChannel(final SocketChannel channel) {
    this(channel, null, null);
  }

  private LineChannel(final SocketChannel channel, final Path socket, final Object fileKey) {
    this.channel = channel;
    this.socket = socket;
    this.fileKey = fileKey;
  }

  static LineChannel connect(final Path socket) throws IOException {
    final Object fileKey = keyOf(socket);
    final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException | RuntimeException error) {
      channel.close();
      throw error;
    }
    return new LineChannel(channel, socket, fileKey);
  }

  /** Whether another listens there by now: the one at the other end hangs. */
  boolean isReplaced() {
    final Object now = socket == null ? null : keyOf(socket);
    return now != null && !now.equals(fileKey);
  }

  /** Null where there is no file. */
  private static Object keyOf(final Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException absent) {
      return null;
    }
  }

  /**
   * The next line; null at the end of the connection.
   *
   * @throws IOException also when a line is too long
   */
  String readLine() throws IOException {
    int scanned = start;
    while (true) {
      for (; scanned < end; scanned++) {
        if (pending[scanned] == '\n') {
          final String line = new String(pending, start, scanned - start, StandardCharsets.UTF_8);
          start = scanned + 1;
          return line;
        }
      }
      if (end - start > MAX_LINE_BYTES) {
        throw new IOException("a line from control is longer than " + MAX_LINE_BYTES + " bytes");
      }
      scanned -= makeRoom();
      final int count = channel.read(ByteBuffer.wrap(pending, end, pending.length - end));
      if (count < 0) {
        return null;
      }
      end += count;
    }
  }

  /** Moves what is unread to the front, or grows; answers by how much it moved. */
  private int makeRoom() {
    final int moved = start;
    if (moved > 0) {
      System.arraycopy(pending, start, pending, 0, end - start);
      start = 0;
      end -= moved;
    } else if (end == pending.length) {
      pending = Arrays.copyOf(pending, pending.length * 2);
    }
    return moved;
  }

  /** Blocks until the kernel took all of it; any thread. */
  void writeLine(final String line) throws IOException {
    final ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
    synchronized (writing) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // nobody waits for what was unsent
    }
  }
}
