package gearstorm.host.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.spi.Roots;
import gearstorm.host.transport.Frames.Hello;
import gearstorm.host.transport.Frames.HelloAck;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Both directions against the bytes in conformance-tests/wire, which other languages read too. */
class GoldenFramesTest {
  private static final TestTuple NO_ROOT =
      new TestTuple(3, 0, 7, 0, 0, 0, null, List.of(new byte[0]));
  private static final TestTuple ONE_ROOT =
      new TestTuple(4, 1, 70_000, 2, 0x0005_0000_0000_0001L, -2, null, List.of(ascii("hello")));
  private static final TestTuple TWO_ROOTS =
      new TestTuple(
          4,
          65_535,
          8,
          0,
          0,
          0,
          new Roots(new int[] {1, 2}, new long[] {0xffff_0000_0000_0001L, 9}, new long[] {5, 6}),
          List.of(ascii("x")));

  private final FrameBatch batch = new FrameBatch(FrameBatch.DATA_BYTES);

  @Test
  void hello() throws IOException {
    final Hello hello = new Hello(2, 2, 3, 65_535, "wörds-1-1700000000");
    assertArrayEquals(golden("hello"), bytes(hello.encode()));
    assertEquals(hello, Hello.decode(read("hello", Frames.HELLO)));
  }

  @Test
  void helloAck() throws IOException {
    final HelloAck ack = new HelloAck(2, 513);
    assertArrayEquals(golden("hello-ack"), bytes(ack.encode()));
    assertEquals(ack, HelloAck.decode(read("hello-ack", Frames.HELLO_ACK)));
  }

  @Test
  void refused() throws IOException {
    assertArrayEquals(golden("refused"), bytes(Frames.encodeRefused("this is worker 3")));
    assertEquals("this is worker 3", Frames.text(read("refused", Frames.REFUSED)));
  }

  @Test
  void tuples() throws IOException {
    batch.begin(Frames.TUPLES);
    for (final TestTuple tuple : List.of(NO_ROOT, ONE_ROOT, TWO_ROOTS)) {
      batch.put(TupleFormat.encode(tuple, (byte[]) tuple.values().get(0)));
    }
    assertArrayEquals(golden("tuples"), flushed());
    final ByteBuffer body = read("tuples", Frames.TUPLES);
    for (final TestTuple tuple : List.of(NO_ROOT, ONE_ROOT, TWO_ROOTS)) {
      assertSame(tuple, TupleFormat.decode(body));
    }
    assertFalse(body.hasRemaining());
  }

  @Test
  void progress() throws IOException {
    batch.begin(Frames.PROGRESS);
    batch.putDelta(2, 0x0005_0000_0000_0001L, -1, false);
    batch.putDelta(70_000, 0xffff_0000_0000_0002L, 0, true);
    assertArrayEquals(golden("progress"), flushed());
  }

  @Test
  void credit() throws IOException {
    batch.begin(Frames.CREDIT);
    batch.putCredit(7, 2048, 16 << 20);
    batch.putCredit(70_000, 1L << 40, 1L << 48);
    assertArrayEquals(golden("credit"), flushed());
  }

  @Test
  void trees() throws IOException {
    batch.begin(Frames.TREES);
    batch.putTreeCount(2, 0x0005_8000_0000_0001L, 3, 1);
    batch.putTreeCount(70_000, 0xffff_8000_0000_0002L, 258, -1);
    assertArrayEquals(golden("trees"), flushed());
  }

  @Test
  void open() throws IOException {
    batch.begin(Frames.OPEN);
    batch.putTask(7);
    batch.putTask(70_000);
    assertArrayEquals(golden("open"), flushed());
  }

  @Test
  void whenAFrameHasNoBody_thenNothingIsSent() throws IOException {
    batch.begin(Frames.TUPLES);
    assertArrayEquals(new byte[0], flushed());
  }

  private static void assertSame(final TestTuple sent, final EncodedTuple received) {
    assertEquals(sent.sourceTask(), received.sourceTask());
    assertEquals(sent.streamNumber(), received.streamNumber());
    assertEquals(sent.targetTask(), received.targetTask());
    assertEquals(sent.rootTask(), received.rootTask());
    assertEquals(sent.root(), received.root());
    assertEquals(sent.edge(), received.edge());
    assertArrayEquals((byte[]) sent.values().get(0), received.payload());
    if (sent.roots() == null) {
      assertNull(received.roots());
    } else {
      assertArrayEquals(sent.roots().rootTasks(), received.roots().rootTasks());
      assertArrayEquals(sent.roots().roots(), received.roots().roots());
      assertArrayEquals(sent.roots().edges(), received.roots().edges());
    }
  }

  private byte[] flushed() throws IOException {
    batch.end();
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    batch.flush(Channels.newChannel(out));
    return out.toByteArray();
  }

  private static ByteBuffer read(final String name, final byte type) throws IOException {
    final FrameReader reader =
        new FrameReader(
            Channels.newChannel(new ByteArrayInputStream(golden(name))), FrameReader.DATA_BYTES);
    assertTrue(reader.next());
    assertEquals(type, reader.type());
    return reader.body();
  }

  private static byte[] golden(final String name) throws IOException {
    final Path folder = Path.of(System.getProperty("basedir", "."), "../../conformance-tests/wire");
    final String hex =
        Files.readAllLines(folder.resolve(name + ".hex")).stream()
            .map(line -> line.replaceAll("#.*|\\s", ""))
            .collect(Collectors.joining());
    return HexFormat.of().parseHex(hex);
  }

  private static byte[] bytes(final ByteBuffer frame) {
    final byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  private static byte[] ascii(final String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
