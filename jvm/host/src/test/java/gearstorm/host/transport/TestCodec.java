package gearstorm.host.transport;

import gearstorm.host.spi.ValueCodec;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes one value: a Long as eight bytes, a byte array as it is. */
final class TestCodec implements ValueCodec {
  @Override
  public byte[] encode(final List<Object> values) {
    final Object value = values.get(0);
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (value instanceof Long number) {
      return ByteBuffer.allocate(8).putLong(number).array();
    }
    throw new IllegalArgumentException("no serializer for " + value.getClass());
  }

  @Override
  public List<Object> decode(final byte[] buffer, final int offset, final int length) {
    return List.of(ByteBuffer.wrap(buffer, offset, length).getLong());
  }

  static long number(final EncodedTuple tuple) {
    return ByteBuffer.wrap(tuple.payload()).getLong();
  }
}
