package gearstorm.host.spi;

import java.util.List;

/**
 * What loading one component found out.
 *
 * @param className the component's class, null when it did not load
 * @param problem one sentence that names the class it misses, null when it loaded
 * @param drpcFunctions functions whose requests the component fetches from a DRPC server
 * @param shellCommand the subprocess that is all there is to the component, null for any other
 * @param transactionalIds ids under which the component numbers its batches in ZooKeeper
 */
public record ComponentInspection(
    String component,
    String className,
    String problem,
    List<String> drpcFunctions,
    List<String> shellCommand,
    List<String> transactionalIds) {}
