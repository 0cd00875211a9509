package gearstorm.host.spi;

import java.util.List;

/** Makes the tuples of one (source task, stream); thread-safe. */
public interface TupleFactory {
  /**
   * Makes one tuple.
   *
   * @param roots what the tuple is anchored to; null when untracked
   * @throws IllegalArgumentException when the number of values is not the stream's
   */
  HostTuple newTuple(List<Object> values, int targetTask, Roots roots);

  /** The one-root case, which allocates nothing beside the tuple. */
  HostTuple newTuple(List<Object> values, int targetTask, int rootTask, long root, long edge);
}
