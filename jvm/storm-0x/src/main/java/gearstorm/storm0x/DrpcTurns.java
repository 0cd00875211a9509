package gearstorm.storm0x;

import java.util.concurrent.TimeUnit;

/**
 * How long a DRPC spout may wait for a request. It does so within nextTuple, so while one of its
 * requests is under way, the failure of that must not wait behind the next fetch. The executor's.
 */
final class DrpcTurns {
  private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long BUSY_NS = TimeUnit.MILLISECONDS.toNanos(5);

  private final boolean ahead;
  private int underWay;

  /** Whether there are other servers to ask; set by whichever thread adds their clients. */
  private volatile boolean hasOthers;

  /**
   * @param ahead whether requests may be fetched before the spout asks for them: it always comes
   *     for the next one soon
   */
  DrpcTurns(final boolean ahead) {
    this.ahead = ahead;
  }

  boolean ahead() {
    return ahead;
  }

  /** The spout asks more than one server: none may hold up the others. */
  void onOtherServer() {
    hasOthers = true;
  }

  long waitNs() {
    if (hasOthers) {
      return 0;
    }
    return underWay == 0 ? IDLE_NS : BUSY_NS;
  }

  void onTaken() {
    underWay++;
  }

  /** The tuple of a request was acked or failed. */
  void onSettled() {
    underWay = Math.max(0, underWay - 1);
  }
}
