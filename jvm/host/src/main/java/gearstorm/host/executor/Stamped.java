package gearstorm.host.executor;

/** In a ring instead of an element whose wait is measured; it has been there since then. */
record Stamped(Object element, long sinceNs) {
  /** What was put into a ring, whether or not its wait is measured. */
  static Object plain(final Object input) {
    return input instanceof Stamped stamped ? stamped.element : input;
  }
}
