package gearstorm.storm0x;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The control plane of the tests: takes any number of connections, one at a time. */
final class ControlServer implements AutoCloseable {
  private static final int PATIENCE_SECS = 30;

  private final ServerSocketChannel server;
  private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
  private volatile SocketChannel worker;

  ControlServer(final Path socket) throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    final Thread thread = new Thread(this::serve, "test-control");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    try {
      while (true) {
        worker = server.accept();
        read(worker);
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void read(final SocketChannel channel) {
    try {
      readToEnd(channel);
    } catch (IOException reset) {
      // the worker left while something was on its way to it: the next one may come
    }
  }

  private void readToEnd(final SocketChannel channel) throws IOException {
    final StringBuilder pending = new StringBuilder();
    final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    while (channel.isOpen() && channel.read(buffer.clear()) >= 0) {
      pending.append(StandardCharsets.UTF_8.decode(buffer.flip()));
      for (int end = pending.indexOf("\n"); end >= 0; end = pending.indexOf("\n")) {
        frames.add(JsonParser.parseString(pending.substring(0, end)).getAsJsonObject());
        pending.delete(0, end + 1);
      }
    }
  }

  void send(final String line) throws IOException {
    worker.write(StandardCharsets.UTF_8.encode(line + "\n"));
  }

  /** The next frame of the type that is as wanted; others are passed over. */
  JsonObject await(final String type, final Predicate<JsonObject> wanted)
      throws InterruptedException {
    final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECS);
    while (true) {
      final JsonObject frame = frames.poll(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (frame == null) {
        throw new AssertionError("no such frame: " + type);
      }
      if (frame.get("type").getAsString().equals(type) && wanted.test(frame)) {
        return frame;
      }
    }
  }

  JsonObject await(final String type) throws InterruptedException {
    return await(type, frame -> true);
  }

  @Override
  public void close() throws IOException {
    server.close();
    if (worker != null) {
      worker.close();
    }
  }
}
