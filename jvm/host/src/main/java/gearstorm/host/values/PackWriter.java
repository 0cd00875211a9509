package gearstorm.host.values;

import gearstorm.host.spi.ValueCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes MessagePack, each number in its shortest form. One thread. */
final class PackWriter {
  private static final int FIRST_BYTES = 256;
  private static final int KEPT_BYTES_MAX = 64 << 10;

  private ByteBuffer out = ByteBuffer.allocate(FIRST_BYTES);

  /** What was written since the last call; the writer begins anew. */
  byte[] take() {
    final byte[] taken = Arrays.copyOf(out.array(), out.position());
    clear();
    return taken;
  }

  /** Forgets what was written, and a buffer that one large tuple needed. */
  void clear() {
    if (out.capacity() > KEPT_BYTES_MAX) {
      out = ByteBuffer.allocate(FIRST_BYTES);
    }
    out.clear();
  }

  void nil() {
    room(1).put((byte) 0xc0);
  }

  void bool(final boolean value) {
    room(1).put((byte) (value ? 0xc3 : 0xc2));
  }

  void integer(final long value) {
    if (value >= 0) {
      natural(value);
    } else {
      negative(value);
    }
  }

  void float64(final double value) {
    room(9).put((byte) 0xcb).putDouble(value);
  }

  /** The string must be one that UTF-8 can hold. */
  void string(final String value) {
    final byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= 31) {
      room(1).put((byte) (0xa0 | utf8.length));
    } else {
      sized(utf8.length, 0xd9);
    }
    raw(utf8);
  }

  void bytes(final byte[] value) {
    sized(value.length, 0xc4);
    raw(value);
  }

  /** So many values follow. */
  void array(final int length) {
    collection(length, 0x90, 0xdc);
  }

  /** So many keys follow, each with its value. */
  void map(final int size) {
    collection(size, 0x80, 0xde);
  }

  /** Writes an extension whose data is what the body writes. */
  void extension(final int type, final Runnable body) {
    room(6).put((byte) 0xc9).putInt(0).put((byte) type);
    final int start = out.position();
    body.run();
    out.putInt(start - 5, out.position() - start);
  }

  void int32(final int value) {
    room(4).putInt(value);
  }

  void int64(final long value) {
    room(8).putLong(value);
  }

  void raw(final byte[] value) {
    room(value.length).put(value);
  }

  /** UTF-16 code units, the high byte first. */
  void codeUnits(final String value) {
    room(2L * value.length()).asCharBuffer().put(value);
    out.position(out.position() + 2 * value.length());
  }

  private void natural(final long value) {
    if (value < 0x80) {
      room(1).put((byte) value);
    } else if (value < 0x100) {
      room(2).put((byte) 0xcc).put((byte) value);
    } else if (value < 0x1_0000) {
      room(3).put((byte) 0xcd).putShort((short) value);
    } else if (value < 0x1_0000_0000L) {
      room(5).put((byte) 0xce).putInt((int) value);
    } else {
      room(9).put((byte) 0xd3).putLong(value);
    }
  }

  private void negative(final long value) {
    if (value >= -0x20) {
      room(1).put((byte) value);
    } else if (value >= Byte.MIN_VALUE) {
      room(2).put((byte) 0xd0).put((byte) value);
    } else if (value >= Short.MIN_VALUE) {
      room(3).put((byte) 0xd1).putShort((short) value);
    } else if (value >= Integer.MIN_VALUE) {
      room(5).put((byte) 0xd2).putInt((int) value);
    } else {
      room(9).put((byte) 0xd3).putLong(value);
    }
  }

  /** A length in one, two or four bytes: three types that follow one another. */
  private void sized(final int length, final int firstType) {
    if (length < 0x100) {
      room(2).put((byte) firstType).put((byte) length);
    } else if (length < 0x1_0000) {
      room(3).put((byte) (firstType + 1)).putShort((short) length);
    } else {
      room(5).put((byte) (firstType + 2)).putInt(length);
    }
  }

  private void collection(final int length, final int inline, final int firstType) {
    if (length < 16) {
      room(1).put((byte) (inline | length));
    } else if (length < 0x1_0000) {
      room(3).put((byte) firstType).putShort((short) length);
    } else {
      room(5).put((byte) (firstType + 1)).putInt(length);
    }
  }

  private ByteBuffer room(final long bytes) {
    if (out.remaining() < bytes) {
      final long needed = out.position() + bytes;
      if (needed > ValueCodec.BYTES_MAX) {
        throw ValueCodec.tooLarge(null);
      }
      final int doubled = (int) Math.min(ValueCodec.BYTES_MAX, 2 * needed);
      out = ByteBuffer.wrap(Arrays.copyOf(out.array(), doubled)).position(out.position());
    }
    return out;
  }
}
