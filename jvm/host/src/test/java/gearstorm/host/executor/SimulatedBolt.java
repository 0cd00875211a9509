package gearstorm.host.executor;

import gearstorm.host.executor.SimulatedWorld.Mutant;
import gearstorm.host.executor.TreeOracle.Node;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.spi.HookedTask;
import gearstorm.host.spi.HostTuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A bolt executor with user code of every sort: it anchors to several tuples, settles at once, long
 * after, never, twice, and in any order, as threads of its own would.
 */
final class SimulatedBolt {
  private static final int DEPTH_MAX = 5;
  private static final int BURST_TUPLES = 8;

  private final SimulatedWorld world;
  private final SimulatedWorker worker;
  private final ExecutorPlan plan;
  private final Deque<HostTuple> input = new ArrayDeque<>();
  private final List<Held> held = new ArrayList<>();
  private final Map<Integer, BoltOutput> emitters = new HashMap<>();
  private final List<Integer> chosen = new ArrayList<>();
  private ExecutorOutput output;

  /** A tuple that user code has, and what the oracle knows of it. */
  private record Held(HostTuple tuple, Node node) {}

  SimulatedBolt(final SimulatedWorld world, final SimulatedWorker worker, final ExecutorPlan plan) {
    this.world = world;
    this.worker = worker;
    this.plan = plan;
  }

  void connect(final SimulatedOutput connected) {
    output = connected.output();
    for (int task = plan.firstTask(); task <= plan.lastTask(); task++) {
      final TaskCounters counters = worker.newCounters(task);
      emitters.put(
          task,
          new BoltOutput(
              new HookedTask() {},
              output,
              worker.streams(task, counters, chosen),
              counters,
              world::nowNs,
              error -> {}));
    }
  }

  ExecutorPlan plan() {
    return plan;
  }

  /** Always has room: what a full target does is not this simulation's matter. */
  boolean offer(final HostTuple tuple) {
    return input.add(tuple);
  }

  void step() {
    if (output.hasDebts()) {
      output.flush();
    }
    for (int count = 0; count < BURST_TUPLES && !output.stopsInput(); count++) {
      final HostTuple tuple = input.poll();
      if (tuple == null) {
        break;
      }
      execute(tuple);
    }
    if (!held.isEmpty() && world.chance(0.2)) {
      release();
    }
  }

  private void execute(final HostTuple tuple) {
    final long emission = (Long) tuple.values().get(0);
    final Held received =
        new Held(tuple, world.oracle.onReceive(emission, tuple.targetTask(), worker.life()));
    if (received.node.depth < DEPTH_MAX && world.chance(0.6)) {
      emit(received);
    }
    final double fate = world.random.nextDouble();
    if (fate < 0.8) {
      settle(received);
    } else if (fate < 0.99) {
      held.add(received);
    } // else it is never acked
  }

  private void emit(final Held received) {
    final List<Held> anchors = new ArrayList<>();
    if (!world.chance(0.05)) {
      anchors.add(received);
    }
    while (!held.isEmpty() && world.chance(0.3)) {
      anchors.add(held.get(world.random.nextInt(held.size())));
    }
    final List<Integer> targets = world.someTargets();
    final Map<Integer, Integer> workers =
        targets.stream().collect(Collectors.toMap(each -> each, world.workerByTask::get));
    final long emission =
        world.oracle.onBoltEmit(
            anchors.stream().map(Held::node).toList(),
            received.node.depth + 1,
            workers,
            world.nowNs());
    chosen.clear();
    chosen.addAll(targets);
    final List<HostTuple> tuples = anchors.stream().map(Held::tuple).toList();
    emitters.get(received.tuple.targetTask()).emit("default", tuples, List.of(emission));
  }

  /** Another thread is done with a tuple that was held. */
  private void release() {
    final Held one = held.get(world.random.nextInt(held.size()));
    if (one.node.depth < DEPTH_MAX && world.chance(0.3)) {
      emit(one);
    }
    held.remove(one);
    settle(one);
  }

  private void settle(final Held one) {
    settleOnce(one, world.chance(0.98));
    if (world.doubleSettles && world.chance(0.03)) {
      settleOnce(one, world.chance(0.8));
    }
  }

  private void settleOnce(final Held one, final boolean asAck) {
    world.oracle.onSettle(one.node, asAck, world.nowNs());
    final BoltOutput emitter = emitters.get(one.tuple.targetTask());
    if (!asAck) {
      emitter.fail(one.tuple);
      return;
    }
    if (world.mutant == Mutant.COUNTS_NO_CHILDREN) {
      one.tuple.addChildEdge(one.tuple.childEdges());
    }
    emitter.ack(one.tuple);
  }
}
