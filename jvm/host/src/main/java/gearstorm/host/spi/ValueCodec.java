package gearstorm.host.spi;

import java.util.List;

/** Values of a tuple as bytes, the way Storm's workers exchange them. Not thread-safe. */
public interface ValueCodec {
  /**
   * @throws RuntimeException as Kryo does when a value has no serializer
   */
  byte[] encode(List<Object> values);

  List<Object> decode(byte[] buffer, int offset, int length);
}
