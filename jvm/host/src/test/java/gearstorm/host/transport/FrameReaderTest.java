package gearstorm.host.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  @Test
  void whenBytesComeInAnyPieces_thenFramesAreWhole() throws IOException {
    final int[] sizes = {0, 1, 300_000, 7, 0, 1_000_000, 262_139, 3, 262_140, 2};
    for (long seed = 0; seed < 20; seed++) {
      final FrameReader reader = readerOf(dripping(framesOf(sizes), seed));
      for (int i = 0; i < sizes.length; i++) {
        assertTrue(reader.next());
        assertEquals(i + 1, reader.type());
        assertEquals(sizes[i], reader.body().remaining());
        assertBody(reader.body(), (byte) (i + 1));
      }
      assertFalse(reader.next());
    }
  }

  @Test
  void whenALengthIsImpossible_thenItIsAnErrorBeforeTheBody() {
    for (final int length : new int[] {0, -1, Frames.LENGTH_MAX + 1}) {
      final ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      final FrameReader reader = readerOf(channel(bytes.putInt(0, length).array()));
      assertThrows(WireException.class, reader::next);
    }
  }

  @Test
  void whenAFrameIsAnnouncedButDoesNotCome_thenNoRoomIsTakenForIt() throws IOException {
    final ByteBuffer bytes = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
    final FrameReader reader = readerOf(channel(bytes.putInt(0, Frames.LENGTH_MAX).array()));
    assertFalse(reader.next());
    assertEquals(FrameReader.DATA_BYTES, reader.bufferBytes());
  }

  @Test
  void whenALargeFrameIsDone_thenItsRoomIsGivenBack() throws IOException {
    final FrameReader reader = readerOf(channel(framesOf(3_000_000)));
    assertTrue(reader.next());
    assertTrue(reader.bufferBytes() <= 3_000_005);
    assertFalse(reader.next());
    assertEquals(FrameReader.DATA_BYTES, reader.bufferBytes());
  }

  @Test
  void whenATupleAnnouncesMoreThanItsFrameHolds_thenItIsAnErrorAndNothingIsAllocated() {
    final ByteBuffer body = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    body.putInt(10, -1); // roots
    assertThrows(WireException.class, () -> TupleFormat.decode(body));
    body.clear().putInt(10, 0).putInt(14, Integer.MAX_VALUE); // bytes of values
    assertThrows(WireException.class, () -> TupleFormat.decode(body));
    body.clear().limit(13);
    assertThrows(WireException.class, () -> TupleFormat.decode(body));
  }

  private static void assertBody(final ByteBuffer body, final byte expected) {
    while (body.hasRemaining()) {
      if (body.get() != expected) {
        throw new AssertionError("the body is not the one of its frame");
      }
    }
  }

  /** One frame for each size of a body, its type and bytes the frame's number from 1. */
  private static byte[] framesOf(final int... sizes) {
    int total = 0;
    for (final int size : sizes) {
      total += Frames.HEADER_BYTES + size;
    }
    final ByteBuffer all = ByteBuffer.allocate(total);
    byte number = 0;
    for (final int size : sizes) {
      number++;
      final ByteBuffer frame = Frames.frame(number, size);
      while (frame.hasRemaining()) {
        frame.put(number);
      }
      all.put(frame.flip());
    }
    return all.array();
  }

  private static FrameReader readerOf(final ReadableByteChannel channel) {
    return new FrameReader(channel, FrameReader.DATA_BYTES);
  }

  private static ReadableByteChannel channel(final byte[] bytes) {
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }

  private static ReadableByteChannel dripping(final byte[] bytes, final long seed) {
    final Random random = new Random(seed);
    final ByteBuffer rest = ByteBuffer.wrap(bytes);
    return new ReadableByteChannel() {
      @Override
      public int read(final ByteBuffer target) {
        if (!rest.hasRemaining()) {
          return -1;
        }
        final int most = Math.min(target.remaining(), rest.remaining());
        final int count = 1 + random.nextInt(most);
        target.put(target.position(), rest, rest.position(), count);
        target.position(target.position() + count);
        rest.position(rest.position() + count);
        return count;
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    };
  }
}
