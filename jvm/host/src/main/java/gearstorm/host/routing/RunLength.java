package gearstorm.host.routing;

/** How many tuples in a row a shuffle gives to one task before it goes on to the next. */
interface RunLength {
  /** A task each, in turn. */
  RunLength ONE = (task, tasks) -> 1;

  /**
   * Called when a round begins; all tasks get as many in it.
   *
   * @param task who comes first in this round
   * @param tasks how many share the round
   */
  int next(int task, int tasks);

  /** Whether the round goes on: asked before each run but its first; if not, another begins. */
  default boolean goesOn() {
    return true;
  }
}
