package gearstorm.host.plan;

/**
 * One process.
 *
 * @param port the slot's name; nothing listens there
 */
public record WorkerPlan(int index, int port) {}
