package gearstorm.host.spi;

/**
 * The tuple trees that a tuple belongs to when it is not exactly one: parallel arrays of the spout
 * task, the root and the tuple's edge in that tree. Arrays are owned by the tuple.
 */
public record Roots(int[] rootTasks, long[] roots, long[] edges) {}
