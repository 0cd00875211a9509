package gearstorm.host.spi;

/**
 * What loading one component found out.
 *
 * @param className the component's class, null when it did not load
 * @param problem one sentence that names the class it misses, null when it loaded
 */
public record ComponentInspection(String component, String className, String problem) {}
