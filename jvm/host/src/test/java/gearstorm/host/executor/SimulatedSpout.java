package gearstorm.host.executor;

import gearstorm.host.executor.SimulatedWorld.Mutant;
import gearstorm.host.executor.TreeOracle.Tree;
import gearstorm.host.flow.Bell;
import gearstorm.host.flow.Roster;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.progress.PendingTable;
import gearstorm.host.spi.HookedTask;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.StreamInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A spout executor: the order of its loop is the product's, what nextTuple does is random. */
final class SimulatedSpout implements SpoutProgress.Callbacks {
  private final SimulatedWorld world;
  private final SimulatedWorker worker;
  private final ExecutorPlan plan;
  private final ProgressInbox inbox = new ProgressInbox(new Bell(new Roster(1), () -> false));
  private final Map<Integer, TaskCounters> counters = new HashMap<>();
  private final Map<Integer, SpoutOutput> emitters = new HashMap<>();
  private final List<Integer> chosen = new ArrayList<>();
  private final SpoutProgress progress;
  private SimulatedOutput output;

  /** User code keeps the thread until then. */
  private long busyUntilNs;

  /** In all, with the present time in full. */
  private long busyNs;

  SimulatedSpout(
      final SimulatedWorld world, final SimulatedWorker worker, final ExecutorPlan plan) {
    this.world = world;
    this.worker = worker;
    this.plan = plan;
    for (int task = plan.firstTask(); task <= plan.lastTask(); task++) {
      counters.put(task, worker.newCounters(task));
    }
    final FollowedTrees trees =
        new FollowedTrees(
            world.directory.processorCount(), world.directory::componentAt, 1, world.nowNs());
    progress =
        new SpoutProgress(
            worker.incarnation(),
            new ComponentConfig(world.spoutConfig()),
            counters::get,
            world::nowNs,
            trees,
            new TimeoutLog(plan.component(), trees, text -> {}, world.nowNs()),
            this);
  }

  void connect(final SimulatedOutput connected) {
    output = connected;
    for (final int task : counters.keySet()) {
      final TaskCounters counted = counters.get(task);
      emitters.put(
          task,
          new SpoutOutput(
              task,
              new HookedTask() {},
              output.output(),
              worker.streams(task, counted, chosen),
              progress,
              counted,
              error -> {}));
    }
  }

  ExecutorPlan plan() {
    return plan;
  }

  ProgressInbox inbox() {
    return inbox;
  }

  void step() {
    if (world.nowNs() < busyUntilNs) {
      return;
    }
    progress.drain(inbox);
    progress.rotateIfDue(world.nowNs());
    if (output.output().hasDebts()) {
      output.output().flush();
    }
    if (!world.isQuiet() && !output.output().stopsInput() && !pendingFull()) {
      nextTuples();
    }
  }

  @Override
  public void acked(final int task, final Object messageId, final long latencyNs) {
    world.oracle.onAckCallback((Tree) messageId, world.nowNs(), busyNs);
  }

  @Override
  public void failed(final int task, final Object messageId, final long latencyNs) {
    world.oracle.onFailCallback((Tree) messageId, world.nowNs(), busyNs);
    if (!world.isQuiet() && world.chance(0.3)) {
      emit(task); // a replay from within the callback
    }
  }

  private boolean pendingFull() {
    return progress.pending().size() >= (long) world.pendingMax() * plan.taskCount();
  }

  private void nextTuples() {
    for (final int task : emitters.keySet()) {
      for (int count = world.random.nextInt(3); count > 0; count--) {
        emit(task);
      }
    }
    if (world.chance(0.002)) {
      final long keptNs = (long) (world.random.nextDouble() * 3 * SimulatedWorld.TIMEOUT_NS);
      busyUntilNs = world.nowNs() + keptNs;
      busyNs += keptNs;
    }
  }

  private void emit(final int task) {
    final List<Integer> targets = world.someTargets();
    final Tree tree =
        world.chance(0.05) ? null : world.oracle.newTree(worker.life(), world.nowNs(), busyNs);
    final Map<Integer, Integer> workers =
        targets.stream().collect(Collectors.toMap(each -> each, world.workerByTask::get));
    final List<Object> values = List.of(world.oracle.onSpoutEmit(tree, workers, world.nowNs()));
    if (world.mutant == Mutant.EDGE_BY_EDGE && tree != null && !targets.isEmpty()) {
      emitEdgeByEdge(task, values, tree, targets);
      return;
    }
    chosen.clear();
    chosen.addAll(targets);
    emitters.get(task).emit("default", values, tree);
  }

  /** Others take their turn, and the table hears of them, while the tree is being built. */
  private void emitEdgeByEdge(
      final int task, final List<Object> values, final Tree tree, final List<Integer> targets) {
    final StreamInfo info = world.directory.stream(task, 0);
    final PendingTable pending = progress.pending();
    final long root = pending.nextRoot();
    for (final int target : targets) {
      final long edge = output.output().edges().next();
      if (target == targets.get(0)) {
        pending.put(root, edge, 1, task, 0, tree, 0);
      } else {
        pending.apply(root, edge, false);
      }
      final HostTuple tuple =
          new FakeTuple.Factory(task, info).newTuple(values, target, task, root, edge);
      output.lanes()[target].offer(
          tuple, tuple.kibibytes(), output.payloads().encode(Encoding.KRYO, values));
      busyUntilNs = Long.MAX_VALUE;
      world.tick();
      busyUntilNs = 0;
      progress.drain(inbox);
    }
  }
}
