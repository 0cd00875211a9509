package gearstorm.host.executor;

import com.sun.management.OperatingSystemMXBean;
import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.spi.HostTuple;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures spout -> bolt -> bolt, every tuple acked, by hand: acked trees per second and per second
 * of processor time. Arguments: seconds to run, tasks per component, pending trees per spout.
 */
final class ThroughputMain {
  private ThroughputMain() {}

  private static final class Endless extends TestSpout {
    private static final Integer ID = 1;
    private volatile long ackedCount;

    private Endless() {
      super(Integer.MAX_VALUE);
    }

    @Override
    public void nextTuple() {
      out.emit("default", List.of(ID), ID);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // the executor's thread alone writes
    public void ack(final Object messageId, final long latencyNs) {
      ackedCount++;
    }
  }

  private static final class Relay extends TestBolt {
    @Override
    public void execute(final HostTuple tuple) {
      out.emit("default", tuple, tuple.values());
      out.ack(tuple);
    }
  }

  @SuppressWarnings("SystemOut")
  public static void main(final String[] arguments) throws Exception {
    final int seconds = Integer.parseInt(arguments[0]);
    final int tasks = Integer.parseInt(arguments[1]);
    final List<Endless> spouts = new ArrayList<>();
    try (TestTopology topology =
        new TestTopology()
            .with("topology.max.spout.pending", arguments[2])
            .spout(
                "spout",
                tasks,
                task -> {
                  final Endless spout = new Endless();
                  synchronized (spouts) {
                    spouts.add(spout);
                  }
                  return spout;
                })
            .bolt("relay", tasks, task -> new Relay())
            .bolt("sink", tasks, task -> new TestBolt())
            .route("spout", "relay", Kind.SHUFFLE)
            .route("relay", "sink", Kind.SHUFFLE)
            .run()) {
      for (int second = 0; second < seconds; second++) {
        final long cpu = cpuNs();
        final long acked = acked(spouts);
        final long start = System.nanoTime();
        Thread.sleep(1000);
        final double wall = (System.nanoTime() - start) / 1e9;
        final double used = (cpuNs() - cpu) / 1e9;
        final long done = acked(spouts) - acked;
        System.out.printf(
            "%,.0f acked/s, %,.0f per cpu-second, %.2f cpus%n",
            done / wall, done / used, used / wall);
      }
      if (!topology.fatals.isEmpty()) {
        System.out.println(topology.fatals);
      }
    }
  }

  private static long acked(final List<Endless> spouts) {
    synchronized (spouts) {
      return spouts.stream().mapToLong(spout -> spout.ackedCount).sum();
    }
  }

  private static long cpuNs() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
