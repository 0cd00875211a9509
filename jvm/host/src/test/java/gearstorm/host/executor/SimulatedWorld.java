package gearstorm.host.executor;

import gearstorm.host.plan.ExecutionPlan;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.plan.PlannedStream;
import gearstorm.host.plan.Processor;
import gearstorm.host.plan.WorkerPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A topology of one seed in one thread: who runs where, the clock, and the faults. Every bolt task
 * may send to every bolt task, so there are cycles, and every choice comes from the seed.
 */
final class SimulatedWorld {
  static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);

  /** What the slowest step between a bolt's ack and the spout's table takes, with room to spare. */
  static final long LAG_NS = TimeUnit.MILLISECONDS.toNanos(1500);

  private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long FAULTY_NS = TimeUnit.SECONDS.toNanos(8);
  private static final int MEAN_TICKS_BETWEEN_KILLS = 300;

  /** A defect put in on purpose, which the oracle must find. */
  enum Mutant {
    NONE,
    /** An ack retires its tuple and forgets the tuples anchored to it. */
    COUNTS_NO_CHILDREN,
    /** A spout registers and publishes a tree edge by edge. */
    EDGE_BY_EDGE,
    /** All lives of a worker have the same incarnation. */
    ONE_INCARNATION,
    /** What waited for a peer is lost when the peer is back. */
    LOSES_AT_RECONNECT
  }

  final Random random;
  final Mutant mutant;
  final TreeOracle oracle;
  final TaskDirectory directory;
  final ExecutionPlan plan;
  final boolean timeouts;
  final boolean doubleSettles;
  final Map<Integer, Integer> workerByTask = new HashMap<>();
  final List<Integer> boltTasks = new ArrayList<>();

  private final boolean kills;
  private final int pendingMax;
  private final SimulatedNetwork network;
  private final SimulatedWorker[] workers;
  private final int[] lives;
  private final long[] startAtNs;
  private long nowNs = TimeUnit.HOURS.toNanos(1);
  private final long quietFromNs = nowNs + FAULTY_NS;

  SimulatedWorld(final long seed, final Mutant mutant) {
    random = new Random(seed);
    this.mutant = mutant;
    timeouts = chance(0.8);
    kills = chance(0.8);
    doubleSettles = chance(0.3);
    pendingMax = chance(0.5) ? Integer.MAX_VALUE : 1 + random.nextInt(20);
    final int workerCount = 2 + random.nextInt(3);
    plan = newPlan(workerCount);
    directory = new TaskDirectory(plan);
    oracle = new TreeOracle(timeouts ? TIMEOUT_NS : 0, LAG_NS);
    network = new SimulatedNetwork(this);
    workers = new SimulatedWorker[workerCount];
    lives = new int[workerCount];
    startAtNs = new long[workerCount];
  }

  /** The whole run: a time with faults, then quiet until all timeouts are over. */
  void run() {
    while (nowNs < quietFromNs) {
      if (kills && random.nextInt(MEAN_TICKS_BETWEEN_KILLS) == 0) {
        kill(random.nextInt(workers.length));
      }
      tick();
    }
    final long untilNs = nowNs + 3 * TIMEOUT_NS + 4 * LAG_NS;
    while (nowNs < untilNs) {
      tick();
    }
    oracle.onQuiet(nowNs);
  }

  /** Everything that is alive gets its turn, in a random order; some are slow. */
  void tick() {
    nowNs += TICK_NS;
    final int first = random.nextInt(workers.length);
    for (int index = 0; index < workers.length; index++) {
      final int worker = (first + index) % workers.length;
      if (workers[worker] == null && nowNs >= startAtNs[worker]) {
        workers[worker] = newLife(worker);
      }
      if (workers[worker] != null) {
        workers[worker].step();
      }
    }
    network.step(workers);
  }

  long nowNs() {
    return nowNs;
  }

  boolean chance(final double probability) {
    return random.nextDouble() < probability;
  }

  /** Spouts emit no more. */
  boolean isQuiet() {
    return nowNs >= quietFromNs;
  }

  String spoutConfig() {
    return "{\"topology.message.timeout.secs\": %d, \"topology.enable.message.timeouts\": %b}"
        .formatted(TimeUnit.NANOSECONDS.toSeconds(TIMEOUT_NS), timeouts);
  }

  int pendingMax() {
    return pendingMax;
  }

  /** Any bolt tasks, none or several, each at most once. */
  List<Integer> someTargets() {
    final List<Integer> targets = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      final int task = boltTasks.get(random.nextInt(boltTasks.size()));
      if (!targets.contains(task)) {
        targets.add(task);
      }
    }
    return targets;
  }

  private SimulatedWorker newLife(final int worker) {
    lives[worker]++;
    final int incarnation = mutant == Mutant.ONE_INCARNATION ? 1 : lives[worker];
    return new SimulatedWorker(this, worker, incarnation);
  }

  private void kill(final int worker) {
    if (workers[worker] == null) {
      return;
    }
    oracle.onDeath(workers[worker].life(), nowNs);
    workers[worker] = null;
    final int downMs = chance(0.7) ? 20 + random.nextInt(300) : random.nextInt(3000);
    startAtNs[worker] = nowNs + TimeUnit.MILLISECONDS.toNanos(downMs);
  }

  private ExecutionPlan newPlan(final int workerCount) {
    final List<ExecutorPlan> executors = new ArrayList<>();
    int next = addExecutors(executors, "source", 1, 1 + random.nextInt(3), 3, workerCount);
    final int firstBolt = next;
    next = addExecutors(executors, "work", next, 2 + random.nextInt(4), 2, workerCount);
    IntStream.range(firstBolt, next).forEach(boltTasks::add);
    return new ExecutionPlan(
        1,
        "simulated-1-1",
        "simulated",
        "fake",
        Set.of(),
        List.of(
            processor("source", Processor.Kind.SPOUT, 1, firstBolt),
            processor("work", Processor.Kind.BOLT, firstBolt, next)),
        executors,
        IntStream.range(0, workerCount).mapToObj(n -> new WorkerPlan(n, 6700 + n)).toList(),
        List.of());
  }

  private int addExecutors(
      final List<ExecutorPlan> executors,
      final String component,
      final int firstTask,
      final int count,
      final int tasksMax,
      final int workerCount) {
    int task = firstTask;
    for (int index = 0; index < count; index++) {
      final int last = task + random.nextInt(tasksMax);
      final int worker = random.nextInt(workerCount);
      executors.add(new ExecutorPlan(component, task, last, worker));
      IntStream.rangeClosed(task, last).forEach(each -> workerByTask.put(each, worker));
      task = last + 1;
    }
    return task;
  }

  private static Processor processor(
      final String id, final Processor.Kind kind, final int firstTask, final int endTask) {
    return new Processor(
        id,
        kind,
        "java",
        IntStream.range(firstTask, endTask).boxed().toList(),
        List.of(new PlannedStream("default", List.of("emission"), false)),
        "{}",
        Set.of(),
        null);
  }
}
