package gearstorm.host.executor;

/** Counts of one bolt executor's input. */
record BoltCounters(InputCounters executed, InputCounters acked, InputCounters failed) {
  BoltCounters(final TaskDirectory directory) {
    this(new InputCounters(directory), new InputCounters(directory), new InputCounters(directory));
  }
}
