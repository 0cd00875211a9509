package gearstorm.host.values;

import gearstorm.host.spi.TranslatedValues;
import gearstorm.host.spi.ValueCodec;
import java.nio.BufferUnderflowException;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Values as they cross to and from native hosts (docs/wire-protocol.md): MessagePack, with what
 * only Java understands in the bytes of Storm's own serializers.
 */
public final class PackCodec implements ValueCodec {
  private final PackWriter writer = new PackWriter();
  private final Supplier<ValueCodec> newKryo;
  private final ToIntFunction<Object> hash;

  /** Made when first needed: most tuples hold nothing opaque. */
  private ValueCodec kryo;

  /**
   * @param newKryo makes the codec of values that no other language understands
   * @param hash of one value as the generation's fields grouping counts it
   */
  public PackCodec(final Supplier<ValueCodec> newKryo, final ToIntFunction<Object> hash) {
    this.newKryo = newKryo;
    this.hash = hash;
  }

  /**
   * {@inheritDoc}
   *
   * @throws RuntimeException as Kryo does when an opaque value has no serializer
   */
  @Override
  public byte[] encode(final List<Object> values) {
    writer.clear();
    final List<Object> own = values instanceof TranslatedValues other ? other.translated() : values;
    new ValueWriter(writer, this::writeOpaque, hash).tuple(own);
    return writer.take();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the bytes are not one list of values
   */
  @Override
  public List<Object> decode(final byte[] buffer, final int offset, final int length) {
    try {
      return new ValueReader(new PackReader(buffer, offset, length), this::readOpaque).tuple();
    } catch (BufferUnderflowException error) {
      throw new IllegalArgumentException("the values of a tuple end too early", error);
    }
  }

  private byte[] writeOpaque(final Object value) {
    return kryo().encode(List.of(value));
  }

  private Object readOpaque(final byte[] bytes) {
    return kryo().decode(bytes, 0, bytes.length).get(0);
  }

  private ValueCodec kryo() {
    if (kryo == null) {
      kryo = newKryo.get();
    }
    return kryo;
  }
}
