package gearstorm.storm0x;

import java.util.List;

/**
 * Loads Clojure, which Storm's own workers do before anything else. Its classes initialise each
 * other: of two threads, one that begins with its runtime and one that begins with its arithmetic,
 * each waits for the other for ever. It takes most of a second, so that only components have it
 * loaded whose side of Storm's library calculates with it.
 */
final class ClojureRuntime {
  /** Trident's sums, and those of batch bolts. */
  private static final List<String> CALCULATING =
      List.of("storm.trident.", "backtype.storm.coordination.", "backtype.storm.transactional.");

  private ClojureRuntime() {}

  /** To be called before any code of the component runs; returns when Clojure can be used. */
  static void loadFor(final Object component) throws ClassNotFoundException {
    if (calculates(component.getClass().getName())) {
      Class.forName("clojure.lang.RT", true, ClojureRuntime.class.getClassLoader());
    }
  }

  static boolean calculates(final String className) {
    return CALCULATING.stream().anyMatch(className::startsWith);
  }
}
