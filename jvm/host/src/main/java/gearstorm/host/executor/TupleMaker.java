package gearstorm.host.executor;

import java.util.List;

/**
 * Makes the tuples of one emit and registers their edges, inside the gate and before any of them is
 * published.
 *
 * @param <A> what the tuples are anchored to
 */
@FunctionalInterface
interface TupleMaker<A> {
  void make(Emission emission, StreamOutput stream, List<Object> values, A anchor);
}
