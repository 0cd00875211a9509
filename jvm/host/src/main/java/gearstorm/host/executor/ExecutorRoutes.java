package gearstorm.host.executor;

import gearstorm.host.flow.Bell;
import gearstorm.host.flow.Gate;
import gearstorm.host.plan.ExecutorPlan;
import gearstorm.host.progress.EdgeIds;
import gearstorm.host.routing.Groupers;
import gearstorm.host.spi.HookedTask;
import gearstorm.host.spi.StreamInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Makes what leads from one executor to the others, on its own thread. */
final class ExecutorRoutes {
  private final WorkerParts parts;
  private final ExecutorPlan plan;
  private final SplittableRandom random;

  ExecutorRoutes(final WorkerParts parts, final ExecutorPlan plan) {
    this.parts = parts;
    this.plan = plan;
    random = new SplittableRandom(parts.setup().seed() ^ ((long) plan.firstTask() << 32));
  }

  /** The streams that the component declares. */
  List<StreamInfo> streams() {
    return parts.directory().streamsAt(parts.directory().processorIndex(plan.firstTask()));
  }

  /**
   * Who receives each stream.
   *
   * @throws Exception as the preparation of a custom grouping does
   */
  Map<String, Subscriptions> subscriptions() throws Exception {
    final Groupers groupers =
        new Groupers(
            parts.setup().bridge(),
            parts::isLocal,
            parts.directory()::isBolt,
            random.split(),
            task -> parts.wiring().bolt(task).mailbox().taken(),
            parts.setup().nanoTime());
    final Map<String, Subscriptions> byStream = new HashMap<>();
    for (final StreamInfo info : streams()) {
      byStream.put(
          info.id(),
          Subscriptions.of(
              parts.plan().routesFrom(plan.component()).stream()
                  .filter(route -> route.stream().equals(info.id()))
                  .toList(),
              groupers,
              parts::isLocal));
    }
    return byStream;
  }

  /** The declared streams as one task emits them. */
  DeclaredStreams streamsOf(
      final int task,
      final HookedTask listener,
      final Map<String, Subscriptions> subscriptions,
      final TaskCounters counters) {
    final Map<String, StreamOutput> streams = new HashMap<>();
    for (final StreamInfo info : streams()) {
      streams.put(
          info.id(),
          new StreamOutput(
              info,
              task,
              parts.setup().bridge().tupleFactory(task, info),
              subscriptions.get(info.id()),
              listener,
              counters));
    }
    return new DeclaredStreams(streams);
  }

  /**
   * The executor's output, owned by the present thread.
   *
   * @param unserializable hears of values that cannot leave the process
   */
  ExecutorOutput connect(
      final Bell bell, final Taps taps, final Consumer<Throwable> unserializable) {
    final TreeWays trees = parts.wiring().trees();
    return new ExecutorOutput(
        new ExecutorOutput.Connections(
            new Gate(Thread.currentThread()),
            bell,
            parts.life(),
            parts.directory(),
            parts.wiring().lanesFrom(plan),
            new ProgressWays(
                parts.directory().highestTask(), parts.wiring()::progressOutlet, trees),
            trees,
            new EdgeIds(random.nextLong()),
            new Payloads(encoding -> encoding.newCodec(parts.setup().bridge()), unserializable),
            taps,
            parts.debts()));
  }
}
