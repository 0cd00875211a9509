package gearstorm.host.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineChannelTest {
  @TempDir Path directory;
  private ServerSocketChannel server;
  private SocketChannel peer;
  private LineChannel channel;

  @BeforeEach
  void connect() throws IOException {
    final Path socket = directory.resolve("c.sock");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    channel = LineChannel.connect(socket);
    peer = server.accept();
  }

  @AfterEach
  void close() throws IOException {
    channel.close();
    peer.close();
    server.close();
  }

  private void send(final String text) throws IOException {
    final ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      peer.write(bytes);
    }
  }

  @Test
  void linesArriveHoweverTheyWereCut() throws IOException {
    final String large = "ü".repeat(10_000);
    send("one\ntw");
    assertEquals("one", channel.readLine());
    send("o\n\n" + large + "\nrest");
    assertEquals("two", channel.readLine());
    assertEquals("", channel.readLine());
    assertEquals(large, channel.readLine());
    peer.close();
    assertNull(channel.readLine(), "an unfinished line is no line");
  }

  @Test
  void whoeverListensThereLaterIsAnother() throws IOException {
    final Path socket = directory.resolve("c.sock");
    assertFalse(channel.isReplaced());
    final Path next = directory.resolve("next.sock");
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(next));
      Files.move(next, socket, StandardCopyOption.REPLACE_EXISTING);
      assertTrue(channel.isReplaced());
      try (LineChannel channelToOther = LineChannel.connect(socket)) {
        assertFalse(channelToOther.isReplaced());
      }
    }
    Files.delete(socket);
    assertFalse(channel.isReplaced(), "nobody is there now");
  }

  @Test
  void aLineBeyondTheLimitEndsTheConversation() {
    final Thread sender =
        new Thread(
            () -> {
              try {
                send("x".repeat(LineChannel.MAX_LINE_BYTES + 100_000));
              } catch (IOException closed) {
                // the reader gave up, as it should
              }
            });
    sender.start();
    assertThrows(IOException.class, channel::readLine);
  }
}
