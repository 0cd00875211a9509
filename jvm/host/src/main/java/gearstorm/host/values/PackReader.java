package gearstorm.host.values;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads MessagePack's own parts one after the other; what they mean is the caller's. */
final class PackReader {
  private final ByteBuffer in;

  PackReader(final byte[] buffer, final int offset, final int length) {
    in = ByteBuffer.wrap(buffer, offset, length);
  }

  int position() {
    return in.position();
  }

  boolean hasMore() {
    return in.hasRemaining();
  }

  int uint8() {
    return in.get() & 0xff;
  }

  int int8() {
    return in.get();
  }

  int uint16() {
    return in.getShort() & 0xffff;
  }

  int int16() {
    return in.getShort();
  }

  long uint32() {
    return in.getInt() & 0xffffffffL;
  }

  int int32() {
    return in.getInt();
  }

  long int64() {
    return in.getLong();
  }

  float float32() {
    return in.getFloat();
  }

  double float64() {
    return in.getDouble();
  }

  String string(final long length) {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  String codeUnits(final long length) {
    return ByteBuffer.wrap(bytes(length)).asCharBuffer().toString();
  }

  /**
   * @throws BufferUnderflowException when there are not so many, before anything is allocated
   */
  byte[] bytes(final long length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    final byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }
}
