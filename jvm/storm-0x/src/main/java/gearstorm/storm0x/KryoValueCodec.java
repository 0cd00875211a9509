package gearstorm.storm0x;

import backtype.storm.serialization.KryoValuesDeserializer;
import backtype.storm.serialization.KryoValuesSerializer;
import gearstorm.host.spi.ValueCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Storm's own serializers with the topology's registrations, decorators and fallback. */
final class KryoValueCodec implements ValueCodec {
  private final KryoValuesSerializer serializer;
  private final KryoValuesDeserializer deserializer;

  KryoValueCodec(final Map<?, ?> conf) {
    this.serializer = new KryoValuesSerializer(conf);
    this.deserializer = new KryoValuesDeserializer(conf);
  }

  @Override
  public byte[] encode(final List<Object> values) {
    try {
      return serializer.serialize(values);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  @Override
  public List<Object> decode(final byte[] buffer, final int offset, final int length) {
    final boolean whole = offset == 0 && length == buffer.length;
    try {
      return deserializer.deserialize(
          whole ? buffer : Arrays.copyOfRange(buffer, offset, offset + length));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
