package gearstorm.host.executor;

/**
 * The output of a simulated executor.
 *
 * @param lanes what it publishes to, for a mutant that does so by itself
 * @param payloads what encodes for them
 */
record SimulatedOutput(ExecutorOutput output, Lane[] lanes, Payloads payloads) {}
