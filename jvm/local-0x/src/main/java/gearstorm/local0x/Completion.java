package gearstorm.local0x;

import java.util.function.BooleanSupplier;

/**
 * How a spout of a test begins and ends.
 *
 * @param startup before the topology is submitted
 * @param exhausted whether every tuple is completed
 * @param cleanup forgets what was kept in this process
 */
record Completion(Runnable startup, BooleanSupplier exhausted, Runnable cleanup) {}
