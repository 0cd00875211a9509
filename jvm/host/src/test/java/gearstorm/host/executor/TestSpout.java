package gearstorm.host.executor;

import gearstorm.host.spi.SpoutEmitter;
import gearstorm.host.spi.SpoutTask;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A spout that emits the numbers below a limit with themselves as message ids. */
class TestSpout implements SpoutTask {
  final List<Object> acked = new SharedList<>();
  final List<Object> failed = new SharedList<>();
  final AtomicInteger emitted = new AtomicInteger();
  private final int limit;
  private final boolean withIds;
  SpoutEmitter out;

  TestSpout(final int limit) {
    this(limit, true);
  }

  TestSpout(final int limit, final boolean withIds) {
    this.limit = limit;
    this.withIds = withIds;
  }

  final boolean tracked() {
    return withIds;
  }

  @Override
  public void open(final SpoutEmitter emitter) throws Exception {
    out = emitter;
  }

  @Override
  public void activate() throws Exception {}

  @Override
  public void deactivate() throws Exception {}

  @Override
  public void nextTuple() throws Exception {
    final int number = emitted.get();
    if (number < limit) {
      emitted.incrementAndGet();
      out.emit("default", List.of(number), withIds ? number : null);
    }
  }

  @Override
  public void ack(final Object messageId, final long latencyNs) throws Exception {
    acked.add(messageId);
  }

  @Override
  public void fail(final Object messageId, final long latencyNs) throws Exception {
    failed.add(messageId);
  }

  @Override
  public void close() throws Exception {}
}
