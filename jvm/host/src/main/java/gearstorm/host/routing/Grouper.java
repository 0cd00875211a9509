package gearstorm.host.routing;

import java.util.List;

/** Picks the target tasks of one subscriber of one stream, for all tasks of one executor. */
public interface Grouper {
  /**
   * Adds the tasks that get this tuple.
   *
   * @throws RuntimeException as user code does
   */
  void choose(int sourceTask, List<Object> values, TaskSelection into);

  /**
   * Whether {@link #choose} calls into user code, be it a hashCode. Such a grouper keeps no state
   * of its own, so that it needs no lock around it; the others are called by one thread at a time.
   */
  default boolean callsUserCode() {
    return false;
  }
}
