package gearstorm.host.executor;

import gearstorm.host.plan.ExecutionPlan;
import gearstorm.host.spi.TopologyBridge;
import gearstorm.host.transport.RemoteWorkers;
import java.util.function.LongSupplier;

/**
 * What the executors of one worker are made from.
 *
 * @param incarnation of this worker, 1 to 65535
 * @param topologyLoader context class loader of every executor's thread
 * @param remote the ways to other workers, asked once the executors start; null when the plan has
 *     one worker
 * @param nanoTime a monotonic clock
 * @param seed of edge ids and random groupings; must differ between workers and starts
 */
public record ExecutorSetup(
    ExecutionPlan plan,
    int workerIndex,
    int incarnation,
    TopologyBridge bridge,
    ClassLoader topologyLoader,
    RemoteWorkers remote,
    LongSupplier nanoTime,
    long seed,
    ExecutorListener listener) {}
