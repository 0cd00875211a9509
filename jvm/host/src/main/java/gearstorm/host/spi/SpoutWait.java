package gearstorm.host.spi;

/** A wait strategy of the user's, on the spout executor's thread. */
@FunctionalInterface
public interface SpoutWait {
  /**
   * An active loop went by without an emit.
   *
   * @param streak how many in a row, from 1
   */
  void emptyEmit(long streak);
}
