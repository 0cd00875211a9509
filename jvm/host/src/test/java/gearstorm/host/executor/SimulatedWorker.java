package gearstorm.host.executor;

import gearstorm.host.executor.TreeOracle.Life;
import gearstorm.host.flow.Bell;
import gearstorm.host.flow.Gate;
import gearstorm.host.flow.Roster;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.progress.EdgeIds;
import gearstorm.host.spi.HookedTask;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.StreamInfo;
import gearstorm.host.spi.ValueCodec;
import gearstorm.host.transport.EncodedTuple;
import gearstorm.host.transport.Inlets;
import gearstorm.host.transport.SimulatedLinks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** One life of a worker: the real outputs and progress code of its executors, on one thread. */
final class SimulatedWorker implements Inlets {
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final SimulatedWorld world;
  private final Life life;
  private final int incarnation;
  private final SimulatedLinks links;
  private final List<SimulatedSpout> spouts = new ArrayList<>();
  private final List<SimulatedBolt> bolts = new ArrayList<>();
  private final Map<Integer, SimulatedBolt> boltByTask = new HashMap<>();
  private final Map<Integer, SimulatedSpout> spoutByTask = new HashMap<>();

  /** Values of one Long. */
  private record Codec() implements ValueCodec {
    @Override
    public byte[] encode(final List<Object> values) {
      return ByteBuffer.allocate(Long.BYTES).putLong((Long) values.get(0)).array();
    }

    @Override
    public List<Object> decode(final byte[] buffer, final int offset, final int length) {
      return List.of(ByteBuffer.wrap(buffer, offset, length).getLong());
    }
  }

  SimulatedWorker(final SimulatedWorld world, final int worker, final int incarnation) {
    this.world = world;
    this.incarnation = incarnation;
    life = new Life(worker);
    links = new SimulatedLinks(worker, incarnation, world.workerByTask, GRACE, world::nowNs, this);
    final List<ExecutorPlan> executors = world.plan.executorsOf(worker);
    executors.forEach(this::add);
    spouts.forEach(spout -> spout.connect(newOutput(spout.plan())));
    bolts.forEach(bolt -> bolt.connect(newOutput(bolt.plan())));
  }

  Life life() {
    return life;
  }

  int index() {
    return life.worker;
  }

  int incarnation() {
    return incarnation;
  }

  SimulatedLinks links() {
    return links;
  }

  void step() {
    bolts.stream().filter(bolt -> world.chance(0.6)).forEach(SimulatedBolt::step);
    spouts.stream().filter(spout -> world.chance(0.6)).forEach(SimulatedSpout::step);
    links.payDebts();
  }

  /** The one declared stream as a task emits it, to whatever tasks were chosen for this emit. */
  DeclaredStreams streams(final int task, final TaskCounters counters, final List<Integer> chosen) {
    final StreamInfo info = world.directory.streamsAt(world.directory.processorIndex(task)).get(0);
    final Subscriptions subscriptions =
        new Subscriptions(
            List.of((source, values, into) -> chosen.forEach(into::add)), false, true, Map.of());
    return new DeclaredStreams(
        Map.of(
            info.id(),
            new StreamOutput(
                info,
                task,
                new FakeTuple.Factory(task, info),
                subscriptions,
                new HookedTask() {},
                counters)));
  }

  TaskCounters newCounters(final int task) {
    return new TaskCounters(
        world.directory, world.directory.streamsAt(world.directory.processorIndex(task)));
  }

  @Override
  public TupleInlet tupleInlet(final int peerWorker, final int targetTask) {
    final SimulatedBolt bolt = boltByTask.get(targetTask);
    return new TupleInlet() {
      @Override
      public int capacityTuples() {
        return Integer.MAX_VALUE;
      }

      @Override
      public boolean offer(final EncodedTuple tuple) {
        bolt.offer(decode(tuple));
        return true;
      }

      @Override
      public long capacityBytes() {
        return Long.MAX_VALUE;
      }

      @Override
      public long taken() {
        return 0;
      }

      @Override
      public long takenBytes() {
        return 0;
      }

      @Override
      public void onTaken(final Runnable listener) {}

      @Override
      public void signal() {}
    };
  }

  @Override
  public ProgressInlet progressInlet(final int peerWorker, final int spoutTask) {
    return spoutByTask.get(spoutTask).inbox().inlet(peerWorker);
  }

  /** Where trees die is not this simulation's matter. */
  @Override
  public void treeCount(
      final int spoutTask, final long root, final int component, final int tuples) {}

  private void add(final ExecutorPlan plan) {
    if (plan.component().equals("source")) {
      final SimulatedSpout spout = new SimulatedSpout(world, this, plan);
      spouts.add(spout);
      forEachTask(plan, task -> spoutByTask.put(task, spout));
    } else {
      final SimulatedBolt bolt = new SimulatedBolt(world, this, plan);
      bolts.add(bolt);
      forEachTask(plan, task -> boltByTask.put(task, bolt));
    }
  }

  private SimulatedOutput newOutput(final ExecutorPlan plan) {
    final Lane[] lanes = new Lane[world.directory.highestTask() + 1];
    for (final int task : world.boltTasks) {
      lanes[task] =
          new Lane(
              outlet(plan, task), boltByTask.containsKey(task) ? null : Encoding.KRYO, null, null);
    }
    final TreeWays trees =
        new TreeWays(world.directory, (spoutTask, root, component, tuples) -> {});
    final Payloads payloads = new Payloads(encoding -> new Codec(), error -> {});
    final EdgeIds edges = new EdgeIds(world.random.nextLong());
    final gearstorm.host.executor.Life running = new gearstorm.host.executor.Life();
    final ExecutorOutput output =
        new ExecutorOutput(
            new ExecutorOutput.Connections(
                new Gate(Thread.currentThread()),
                new Bell(new Roster(1), () -> false),
                running,
                world.directory,
                lanes,
                new ProgressWays(world.directory.highestTask(), this::progressOutlet, trees),
                trees,
                edges,
                payloads,
                new Taps(),
                new DebtKeeper(running)));
    return new SimulatedOutput(output, lanes, payloads);
  }

  private Outlet outlet(final ExecutorPlan source, final int task) {
    final SimulatedBolt local = boltByTask.get(task);
    if (local == null) {
      return links.remote().outlet(source.firstTask(), task);
    }
    return new Outlet() {
      @Override
      public boolean offer(final HostTuple tuple, final int kibibytes, final byte[] payload) {
        return local.offer(tuple);
      }

      @Override
      public void signal() {}
    };
  }

  private ProgressOutlet progressOutlet(final int spoutTask) {
    final SimulatedSpout local = spoutByTask.get(spoutTask);
    return local == null ? links.remote().progressOutlet(spoutTask) : local.inbox().newOutlet();
  }

  private HostTuple decode(final EncodedTuple encoded) {
    final int source = encoded.sourceTask();
    final FakeTuple.Factory factory =
        new FakeTuple.Factory(source, world.directory.stream(source, encoded.streamNumber()));
    final List<Object> values = new Codec().decode(encoded.payload(), 0, encoded.payload().length);
    return encoded.roots() != null || encoded.root() == 0
        ? factory.newTuple(values, encoded.targetTask(), encoded.roots())
        : factory.newTuple(
            values, encoded.targetTask(), encoded.rootTask(), encoded.root(), encoded.edge());
  }

  private static void forEachTask(final ExecutorPlan plan, final IntConsumer action) {
    for (int task = plan.firstTask(); task <= plan.lastTask(); task++) {
      action.accept(task);
    }
  }
}
