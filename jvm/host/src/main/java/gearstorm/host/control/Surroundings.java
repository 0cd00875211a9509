package gearstorm.host.control;

import gearstorm.host.loading.TopologyClassPath;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Where a worker lives.
 *
 * @param topologyLoader loads user code
 * @param nanoTime what timeouts and ticks go by; never goes back
 * @param ownsProcess whether logging, printed text and uncaught exceptions of the process are the
 *     worker's own
 * @param end what ends the worker
 */
public record Surroundings(
    ClassLoader topologyLoader, LongSupplier nanoTime, boolean ownsProcess, WorkerEnd end) {

  /** A process that runs this one worker and ends with it. */
  public static Surroundings ownProcess() {
    return new Surroundings(TopologyClassPath.loader(), System::nanoTime, true, new ProcessEnd());
  }

  /**
   * The process of somebody else, who may run other workers in it and goes on when they end.
   *
   * @param onEnd takes the exit code that a process of the worker's own would have had
   */
  public static Surroundings guestOf(
      final ClassLoader topologyLoader, final LongSupplier nanoTime, final IntConsumer onEnd) {
    return new Surroundings(topologyLoader, nanoTime, false, new GuestEnd(onEnd));
  }
}
