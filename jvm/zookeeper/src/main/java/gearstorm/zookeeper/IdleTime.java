package gearstorm.zookeeper;

/** How long nobody has been connected. */
final class IdleTime {
  private final long mostNanos;
  private long usedLastNanos;

  IdleTime(long mostNanos, long nowNanos) {
    this.mostNanos = mostNanos;
    this.usedLastNanos = nowNanos;
  }

  /** Told of the connections there are now; true once there were none for the whole time. */
  boolean isOver(int connections, long nowNanos) {
    if (connections > 0) usedLastNanos = nowNanos;
    return nowNanos - usedLastNanos >= mostNanos;
  }
}
