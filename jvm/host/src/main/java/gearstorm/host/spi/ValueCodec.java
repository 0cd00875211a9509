package gearstorm.host.spi;

import java.util.List;

/** Values of a tuple as bytes, the way Storm's workers exchange them. Not thread-safe. */
public interface ValueCodec {
  /** No tuple whose values are longer can be sent. */
  int BYTES_MAX = 64 << 20;

  /**
   * @throws RuntimeException as Kryo does when a value has no serializer
   * @throws IllegalArgumentException for values of more than {@link #BYTES_MAX} bytes, before they
   *     fill the memory: a list that holds another twice, which holds another twice and so on, is
   *     tiny in memory and without end here
   */
  byte[] encode(List<Object> values);

  List<Object> decode(byte[] buffer, int offset, int length);

  /**
   * Says what whoever emits such values can do.
   *
   * @param cause null for none
   */
  static IllegalArgumentException tooLarge(final Throwable cause) {
    return new IllegalArgumentException(
        "the values of a tuple take more than the %d bytes that can be sent to another worker: send them in parts, or say where they can be found; within one worker they are not written at all"
            .formatted(BYTES_MAX),
        cause);
  }
}
