package gearstorm.host.executor;

import gearstorm.host.spi.BoltEmitter;
import gearstorm.host.spi.BoltTask;
import gearstorm.host.spi.HostTuple;

/** A bolt that acks its input unless a test says otherwise. */
class TestBolt implements BoltTask {
  BoltEmitter out;

  /** What a bolt does with a tuple, as the body of a lambda expression. */
  @FunctionalInterface
  interface Execution {
    void execute(HostTuple tuple, BoltEmitter out) throws Exception;
  }

  static TestBolt of(final Execution execution) {
    return new TestBolt() {
      @Override
      public void execute(final HostTuple tuple) throws Exception {
        execution.execute(tuple, out);
      }
    };
  }

  @Override
  public void prepare(final BoltEmitter emitter) throws Exception {
    out = emitter;
  }

  @Override
  public void execute(final HostTuple tuple) throws Exception {
    out.ack(tuple);
  }

  @Override
  public void cleanup() throws Exception {}
}
