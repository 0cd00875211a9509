package gearstorm.host.executor;

import gearstorm.host.spi.ValueCodec;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Encodes what one executor sends to other workers, on the thread that emits and under no lock:
 * serializers are user code, which may block, or emit themselves. A codec serves one encoding at a
 * time, so there are as many as ever ran at once; usually one.
 */
final class Payloads {
  private final Supplier<ValueCodec> newCodec;
  private final Consumer<Throwable> fatal;
  private final ConcurrentLinkedQueue<ValueCodec> idle = new ConcurrentLinkedQueue<>();

  /**
   * @param fatal ends the worker, as in Storm, whatever user code does about the exception
   */
  Payloads(final Supplier<ValueCodec> newCodec, final Consumer<Throwable> fatal) {
    this.newCodec = newCodec;
    this.fatal = fatal;
  }

  /**
   * @throws RuntimeException as the values' serializers do; the codec is not used again
   */
  byte[] encode(final List<Object> values) {
    final ValueCodec pooled = idle.poll();
    final ValueCodec codec = pooled == null ? newCodec.get() : pooled;
    try {
      final byte[] payload = codec.encode(values);
      idle.add(codec);
      return payload;
    } catch (RuntimeException | Error error) {
      fatal.accept(error);
      throw error;
    }
  }
}
