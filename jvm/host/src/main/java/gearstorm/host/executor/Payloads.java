package gearstorm.host.executor;

import gearstorm.host.spi.ValueCodec;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Encodes what one executor sends to other workers, on the thread that emits and under no lock:
 * serializers are user code, which may block, or emit themselves. A codec serves one encoding at a
 * time, so there are as many as ever ran at once; usually one.
 */
final class Payloads {
  private final Supplier<ValueCodec> newCodec;
  private final ConcurrentLinkedQueue<ValueCodec> idle = new ConcurrentLinkedQueue<>();

  Payloads(final Supplier<ValueCodec> newCodec) {
    this.newCodec = newCodec;
  }

  /**
   * @throws RuntimeException as the values' serializers do; the codec is not used again
   */
  byte[] encode(final List<Object> values) {
    final ValueCodec pooled = idle.poll();
    final ValueCodec codec = pooled == null ? newCodec.get() : pooled;
    final byte[] payload = codec.encode(values);
    idle.add(codec);
    return payload;
  }
}
