package gearstorm.storm0x;

import storm.trident.spout.ITridentSpout.BatchCoordinator;

/** A source whose batches are their numbers; when one may begin, the test says. */
abstract class TestSource implements BatchCoordinator<Object> {
  @Override
  public Object initializeTransaction(final long batch, final Object before, final Object current) {
    return batch;
  }

  @Override
  public void success(final long batch) {}

  @Override
  public void close() {}
}
