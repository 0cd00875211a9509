package gearstorm.storm0x;

import backtype.storm.serialization.KryoValuesDeserializer;
import backtype.storm.serialization.KryoValuesSerializer;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Output;
import gearstorm.host.spi.ValueCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Storm's own serializers with the topology's registrations, decorators and fallback. */
final class KryoValueCodec implements ValueCodec {
  private static final int FIRST_BYTES = 2000;
  private static final int KEPT_BYTES_MAX = 1 << 20;

  /** How Kryo begins to say that its output is full. */
  private static final String FULL = "Buffer overflow";

  private final KryoValuesSerializer serializer;
  private final KryoValuesDeserializer deserializer;

  /** Storm's own has room for 2 GB. */
  private Output out = newOutput();

  KryoValueCodec(final Map<?, ?> conf) {
    this.serializer = new KryoValuesSerializer(conf);
    this.deserializer = new KryoValuesDeserializer(conf);
  }

  @Override
  public byte[] encode(final List<Object> values) {
    out.clear();
    try {
      serializer.serializeInto(values, out);
      return out.toBytes();
    } catch (KryoException error) {
      final String message = error.getMessage();
      throw message != null && message.startsWith(FULL) ? ValueCodec.tooLarge(error) : error;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    } finally {
      if (out.getBuffer().length > KEPT_BYTES_MAX) {
        out = newOutput();
      }
    }
  }

  private static Output newOutput() {
    return new Output(FIRST_BYTES, BYTES_MAX);
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
