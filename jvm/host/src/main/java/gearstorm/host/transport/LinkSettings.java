package gearstorm.host.transport;

import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Who this worker is among the workers of its topology.
 *
 * @param worker index of this worker, 0..65535
 * @param incarnation of this process, 1..65535
 * @param socketPrefix worker n listens on {@code <socketPrefix>n.sock}
 * @param taskWorkers the worker of every task of the topology
 * @param grace how long tuples for a worker that is away are held back before they are dropped and
 *     their trees failed ({@code gearstorm.link.grace.secs})
 */
public record LinkSettings(
    int worker,
    int incarnation,
    String stormId,
    String socketPrefix,
    Map<Integer, Integer> taskWorkers,
    Duration grace) {
  /** The default of {@code gearstorm.link.grace.secs}. */
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);

  /** The kernel's own limit is 108 bytes; a round number leaves room for a longer index. */
  private static final int PATH_BYTES_MAX = 99;

  public LinkSettings {
    taskWorkers = Map.copyOf(taskWorkers);
  }

  /**
   * Where a worker listens.
   *
   * @throws IllegalArgumentException when the path is too long for a Unix socket
   */
  UnixDomainSocketAddress address(final int peer) {
    final String path = socketPrefix + peer + ".sock";
    final int bytes = path.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > PATH_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a socket path may have at most %d bytes, this one has %d (choose a shorter storm.local.dir): %s"
              .formatted(PATH_BYTES_MAX, bytes, path));
    }
    return UnixDomainSocketAddress.of(Path.of(path));
  }

  boolean isLocal(final int task) {
    final Integer owner = taskWorkers.get(task);
    return owner != null && owner == worker;
  }

  /**
   * The worker of a task.
   *
   * @throws IllegalArgumentException when the topology has no such task
   */
  int workerOf(final int task) {
    final Integer owner = taskWorkers.get(task);
    if (owner == null) {
      throw new IllegalArgumentException("no worker runs task " + task);
    }
    return owner;
  }
}
