package gearstorm.host.executor;

import gearstorm.host.spi.HostTuple;
import java.util.List;

/**
 * Makes the tuples of one emit and registers their edges, inside the gate and before any of them is
 * published.
 *
 * @param <A> what the tuples are anchored to
 */
@FunctionalInterface
interface TupleMaker<A> {
  /** Of an emit that goes to one task. */
  HostTuple makeOne(StreamOutput stream, List<Object> values, int target, A anchor);

  /** Of an emit that goes to any number of tasks. */
  default void make(
      final Emission emission,
      final StreamOutput stream,
      final List<Object> values,
      final A anchor) {
    for (int index = 0; index < emission.size(); index++) {
      emission.tuple(index, makeOne(stream, values, emission.target(index), anchor));
    }
  }
}
