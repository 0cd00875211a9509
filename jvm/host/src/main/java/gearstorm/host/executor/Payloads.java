package gearstorm.host.executor;

import gearstorm.host.spi.ValueCodec;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Encodes what one executor sends to other workers, on the thread that emits and under no lock:
 * serializers are user code, which may block, or emit themselves. A codec serves one encoding at a
 * time, so there are as many as ever ran at once; usually one of a kind.
 */
final class Payloads {
  private final Function<Encoding, ValueCodec> newCodec;
  private final Consumer<Throwable> fatal;
  private final AtomicBoolean failed = new AtomicBoolean();
  private final Map<Encoding, ConcurrentLinkedQueue<ValueCodec>> idle =
      new EnumMap<>(Encoding.class);

  /**
   * @param fatal told once: ends the worker, as in Storm, whatever user code does about the
   *     exception
   */
  Payloads(final Function<Encoding, ValueCodec> newCodec, final Consumer<Throwable> fatal) {
    this.newCodec = newCodec;
    this.fatal = fatal;
    for (final Encoding encoding : Encoding.values()) {
      idle.put(encoding, new ConcurrentLinkedQueue<>());
    }
  }

  /**
   * @throws RuntimeException as the values' serializers do; the codec is not used again
   */
  byte[] encode(final Encoding encoding, final List<Object> values) {
    final ConcurrentLinkedQueue<ValueCodec> pool = idle.get(encoding);
    final ValueCodec pooled = pool.poll();
    final ValueCodec codec = pooled == null ? newCodec.apply(encoding) : pooled;
    try {
      final byte[] payload = codec.encode(values);
      pool.add(codec);
      return payload;
    } catch (RuntimeException | Error error) {
      if (failed.compareAndSet(false, true)) {
        fatal.accept(explained(error));
      }
      throw error;
    }
  }

  /** Errors that do not say by themselves that they come from values, and what to do about them. */
  private static Throwable explained(final Throwable error) {
    if (error instanceof StackOverflowError) {
      return unwritable(
          "lie too deep in one another, or contain themselves: flatten them, or register a"
              + " serializer for them",
          error);
    }
    if (error instanceof OutOfMemoryError) {
      return unwritable(
          "do not fit into the memory: a sequence without end, or too much for one tuple", error);
    }
    return error;
  }

  private static Throwable unwritable(final String why, final Throwable cause) {
    return new IllegalArgumentException(
        "the values of a tuple cannot be written for another worker (%s): they %s"
            .formatted(cause.getClass().getName(), why),
        cause);
  }
}
