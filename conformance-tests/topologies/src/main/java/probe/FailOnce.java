package probe;

import backtype.storm.topology.FailedException;
import storm.trident.operation.BaseFilter;
import storm.trident.tuple.TridentTuple;

// clause: trident-retry
/** Fails the batch that has a certain number, the first time. */
final class FailOnce extends BaseFilter {
  private static final long serialVersionUID = 1;
  private static final long UNLUCKY = 21;

  private boolean failed;

  @Override
  public boolean isKeep(TridentTuple tuple) {
    if (!failed && tuple.getLong(0) == UNLUCKY) {
      failed = true;
      throw new FailedException("unlucky");
    }
    return true;
  }
}
