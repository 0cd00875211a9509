package gearstorm.host.plan;

import java.util.List;

/**
 * How one subscriber receives one stream.
 *
 * @param targetTasks sorted, never empty
 */
public record Route(
    String source, String stream, String target, List<Integer> targetTasks, RouteChoice choice) {}
