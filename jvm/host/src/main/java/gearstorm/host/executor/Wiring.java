package gearstorm.host.executor;

import gearstorm.host.flow.CycleBudget;
import gearstorm.host.plan.ExecutionPlan;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.plan.Processor;
import gearstorm.host.plan.Route;
import gearstorm.host.spi.LogLevel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** Which executor of this worker reaches which task, and through what. */
final class Wiring {
  private static final long MAILBOX_TUPLES = 2048;

  /**
   * A ring of many is no shorter than this while the mailbox stays below its limit: who sends to
   * all of them stops when one is full, and would for a handful of tuples.
   */
  private static final long RING_TUPLES = 128;

  private static final long MAILBOX_TUPLES_MAX = 8192;
  private static final long MAILBOX_BYTES = 16 << 20;
  private static final int MAILBOXES_PART_OF_HEAP = 8;
  private static final long OVERFLOW_TUPLES = 10_000;
  private static final int OVERFLOW_PART_OF_HEAP = 4;
  private static final long OVERFLOW_BYTES_MAX = 256L << 20;

  private final ExecutorSetup setup;
  private final ExecutionPlan plan;
  private final int highestTask;
  private final TreeWays trees;
  private final Strays strays;
  private final Map<Integer, CycleBudget> cycles = new HashMap<>();
  private final Map<String, CycleBudget> strayCycles = new HashMap<>();
  private final Map<String, Losses> losses = new ConcurrentHashMap<>();

  // Filled before any executor starts.
  private final Map<Integer, BoltExecutor> boltByTask = new HashMap<>();
  private final Map<Integer, SpoutExecutor> spoutByTask = new HashMap<>();

  Wiring(final ExecutorSetup setup, final TaskDirectory directory) {
    this.setup = setup;
    plan = setup.plan();
    highestTask = directory.highestTask();
    trees = new TreeWays(directory, this::countTree);
    strays = new Strays(plan);
  }

  void add(final SpoutExecutor spout) {
    forEachTask(spout.plan(), task -> spoutByTask.put(task, spout));
  }

  /** Gives the bolt its mailbox. */
  void add(final BoltExecutor bolt) {
    bolt.mailbox(newMailbox(bolt));
    forEachTask(bolt.plan(), task -> boltByTask.put(task, bolt));
  }

  /** Null when the component is in no cycle, neither of routes nor of stray tuples. */
  CycleBudget cycleOf(final Processor component) {
    final Integer cycle = component.cycle();
    if (cycle != null) {
      return cycles.computeIfAbsent(cycle, key -> newBudget(component));
    }
    return strays.mayReturnTo(component)
        ? strayCycles.computeIfAbsent(component.id(), key -> newBudget(component))
        : null;
  }

  /** By target task. */
  Lane[] lanesFrom(final ExecutorPlan source) {
    final Lane[] lanes = new Lane[highestTask + 1];
    final Processor component = plan.processor(source.component());
    for (final Route route : plan.routesFrom(source.component())) {
      final Processor target = plan.processor(route.target());
      final CycleBudget cycle = inOneCycle(component, target) ? cycleOf(component) : null;
      for (final int task : route.targetTasks()) {
        if (lanes[task] == null) {
          lanes[task] =
              new Lane(outlet(source, task), encoding(task, target), cycle, lossesTo(target.id()));
        }
      }
    }
    for (final Processor target : strays.targetsOf(component)) {
      final CycleBudget cycle = strays.isLoop(component, target) ? cycleOf(component) : null;
      for (final int task : target.tasks()) {
        lanes[task] = new Lane(outlet(source, task), encoding(task, target), cycle, null);
      }
    }
    return lanes;
  }

  TreeWays trees() {
    return trees;
  }

  /** Counts of a followed tree reach its spout's executor, wherever that is. */
  private void countTree(
      final int spoutTask, final long root, final int component, final int tuples) {
    final SpoutExecutor local = spoutByTask.get(spoutTask);
    if (local == null) {
      setup.remote().treeCounts().add(spoutTask, root, component, tuples);
    } else {
      local.trees().add(root, component, tuples);
    }
  }

  ProgressOutlet progressOutlet(final int spoutTask) {
    final SpoutExecutor local = spoutByTask.get(spoutTask);
    return local == null ? setup.remote().progressOutlet(spoutTask) : local.inbox().newOutlet();
  }

  /**
   * @throws IllegalArgumentException when no bolt of this worker has the task
   */
  BoltExecutor bolt(final int task) {
    return found(boltByTask.get(task), task);
  }

  /**
   * @throws IllegalArgumentException when no spout of this worker has the task
   */
  SpoutExecutor spout(final int task) {
    return found(spoutByTask.get(task), task);
  }

  private Losses newLosses(final String target) {
    return new Losses(
        target, message -> setup.bridge().log(LogLevel.WARN, message, null), setup.nanoTime());
  }

  /** Only what goes to Storm's own components may be lost. */
  private Losses lossesTo(final String target) {
    return plan.processor(target).kind() == Processor.Kind.SYSTEM
        ? losses.computeIfAbsent(target, this::newLosses)
        : null;
  }

  private Outlet outlet(final ExecutorPlan source, final int task) {
    final BoltExecutor local = boltByTask.get(task);
    return local == null
        ? setup.remote().outlet(source.firstTask(), task)
        : local.mailbox().outletFrom(source);
  }

  private Encoding encoding(final int task, final Processor target) {
    return boltByTask.containsKey(task) ? null : Encoding.with(target);
  }

  private Mailbox newMailbox(final BoltExecutor bolt) {
    final List<ExecutorPlan> sources = sourcesOf(bolt.component());
    final List<ExecutorPlan> local = sources.stream().filter(this::isLocal).toList();
    final Map<Integer, List<ExecutorPlan>> byPeer =
        sources.stream()
            .filter(source -> !isLocal(source))
            .collect(Collectors.groupingBy(ExecutorPlan::worker));
    final int inlets = byPeer.size() * bolt.plan().taskCount();
    final long budget =
        bolt.config().integer("gearstorm.mailbox.tuples", mailboxTuples(local.size() + inlets));
    final long bytes = bolt.config().integer("gearstorm.mailbox.bytes", mailboxBytes());
    final Mailbox mailbox =
        new Mailbox(
            bolt.bell(),
            new Mailbox.Bounds(budget, bytes, local.size(), inlets),
            bolt.config(),
            setup.nanoTime());
    for (final ExecutorPlan source : local) {
      mailbox.addSource(source, isLoop(source, bolt.component()));
    }
    byPeer.forEach(
        (peer, executors) -> {
          final boolean loop = executors.stream().anyMatch(each -> isLoop(each, bolt.component()));
          forEachTask(bolt.plan(), task -> mailbox.addPeer(peer, task, loop));
        });
    return mailbox;
  }

  private static long mailboxTuples(final int rings) {
    return Math.max(MAILBOX_TUPLES, Math.min(MAILBOX_TUPLES_MAX, RING_TUPLES * rings));
  }

  /** A fixed share of the heap at most, however many executors this worker has. */
  private long mailboxBytes() {
    final int executors = plan.executorsOf(setup.workerIndex()).size();
    final long share = Runtime.getRuntime().maxMemory() / MAILBOXES_PART_OF_HEAP / executors;
    return Math.min(MAILBOX_BYTES, share);
  }

  /** A cycle is to fail with its own message, before the heap is full. */
  private static long overflowBytesMax() {
    return Math.min(OVERFLOW_BYTES_MAX, Runtime.getRuntime().maxMemory() / OVERFLOW_PART_OF_HEAP);
  }

  private List<ExecutorPlan> sourcesOf(final Processor target) {
    final Set<String> components = new HashSet<>(strays.sourcesOf(target));
    plan.routesTo(target.id()).forEach(route -> components.add(route.source()));
    return plan.executors().stream()
        .filter(executor -> components.contains(executor.component()))
        .toList();
  }

  private boolean isLocal(final ExecutorPlan executor) {
    return executor.worker() == setup.workerIndex();
  }

  private boolean isLoop(final ExecutorPlan source, final Processor target) {
    return inOneCycle(plan.processor(source.component()), target);
  }

  private CycleBudget newBudget(final Processor member) {
    final String members =
        plan.processors().stream()
            .filter(each -> each.id().equals(member.id()) || inOneCycle(each, member))
            .map(Processor::id)
            .collect(Collectors.joining(", "));
    final ComponentConfig config = new ComponentConfig(member.configJson());
    return new CycleBudget(
        members,
        config.integer("gearstorm.overflow.tuples", OVERFLOW_TUPLES),
        config.integer("gearstorm.overflow.bytes.max", overflowBytesMax()));
  }

  private static boolean inOneCycle(final Processor one, final Processor other) {
    return one.cycle() != null && one.cycle().equals(other.cycle());
  }

  private static <T> T found(final T executor, final int task) {
    if (executor == null) {
      throw new IllegalArgumentException("this worker does not run task " + task + " so");
    }
    return executor;
  }

  private static void forEachTask(final ExecutorPlan executor, final IntConsumer action) {
    for (int task = executor.firstTask(); task <= executor.lastTask(); task++) {
      action.accept(task);
    }
  }
}
