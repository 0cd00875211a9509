package gearstorm.host.executor;

import gearstorm.host.spi.HostTuple;

/** One executor's way to one target task: a ring in this process, or a link to another worker. */
public interface Outlet {
  /**
   * Hands the tuple over; it is visible to the target without any further call. One thread at a
   * time.
   *
   * @param kibibytes that the tuple weighs: it was made just now, and to read back what has only
   *     been written waits for that
   * @param payload the values as a codec wrote them; null when the target is in this process
   * @return false when there is no room now; the caller keeps the tuple and its place
   */
  boolean offer(HostTuple tuple, int kibibytes, byte[] payload);

  /**
   * Whether the target has not said yet how much it takes, because its worker is only starting or
   * coming back.
   */
  default boolean isOpening() {
    return false;
  }

  /** Wakes the target if it sleeps; called after the offers of one emit. */
  void signal();

  /**
   * Asks for a call of {@code wake} when there is room again, once and from any thread. A hint: the
   * caller also looks again by itself after a millisecond, which suffices.
   */
  default void requestRoom(final Runnable wake) {}
}
