package gearstorm.host.spi;

/**
 * A request for a DRPC function.
 *
 * @param id who has it may answer
 */
public record DrpcRequest(String id, String args) {}
