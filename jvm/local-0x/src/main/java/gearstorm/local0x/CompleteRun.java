package gearstorm.local0x;

import backtype.storm.generated.KillOptions;
import backtype.storm.generated.StormTopology;
import backtype.storm.testing.CompleteTopologyParam;
import backtype.storm.testing.FixedTuple;
import backtype.storm.testing.TupleCaptureBolt;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Runs a topology until its spouts are done, and tells what was emitted. */
public final class CompleteRun {
  private static final int START_MS = 60_000;

  private final LocalRuntime runtime;
  private final CompleteTopologyParam param;
  private final String name;

  public CompleteRun(final LocalRuntime runtime, final CompleteTopologyParam param) {
    this.runtime = runtime;
    this.param = param;
    this.name =
        param.getTopologyName() == null
            ? "topologytest-" + UUID.randomUUID()
            : param.getTopologyName();
  }

  /**
   * What each component emitted, in the order of its tuples.
   *
   * @throws AssertionError when the spouts are not done in time
   */
  public Map<String, List<FixedTuple>> of(final StormTopology users) {
    final StormTopology topology = users.deepCopy();
    final TupleCaptureBolt capturer = new TupleCaptureBolt();
    TestTopologies.capture(topology, capturer);
    if (param.getMockedSources() != null) {
      TestTopologies.mock(topology, param.getMockedSources().getData());
    }
    final List<Completion> spouts =
        TestTopologies.spouts(topology).stream().map(TestTopologies::completion).toList();
    spouts.forEach(spout -> spout.startup().run());
    submit(topology);
    try {
      awaitCompletion(spouts);
    } finally {
      kill();
    }
    if (Boolean.FALSE.equals(param.getCleanupState())) {
      return capturer.getAndClearResults();
    }
    spouts.forEach(spout -> spout.cleanup().run());
    return capturer.getAndRemoveResults();
  }

  private void submit(final StormTopology topology) {
    final Map<?, ?> conf = param.getStormConf() == null ? Map.of() : param.getStormConf();
    Sneaky.call(
        () -> {
          runtime.submit(name, conf, topology, null);
          return null;
        });
  }

  /** The time to come up is not the spouts'. */
  private void awaitCompletion(final List<Completion> spouts) {
    Patience.await("a worker", START_MS, runtime::hasWorkers, () -> {});
    Patience.await(
        "the spouts' last tuple",
        timeoutMs(),
        () -> spouts.stream().allMatch(spout -> spout.exhausted().getAsBoolean()),
        () -> SimulatedTime.passBetweenLooks(runtime));
  }

  /** Storm 0.9 has no such parameter. */
  private int timeoutMs() {
    try {
      final Object named = param.getClass().getMethod("getTimeoutMs").invoke(param);
      return named == null ? Patience.usualMs() : (Integer) named;
    } catch (ReflectiveOperationException older) {
      return Patience.usualMs();
    }
  }

  private void kill() {
    Sneaky.call(
        () -> {
          final KillOptions options = new KillOptions();
          options.set_wait_secs(0);
          runtime.nimbus().killTopologyWithOpts(name, options);
          return null;
        });
    Patience.await("the topology's end", START_MS, () -> !runtime.hasTopology(name), () -> {});
  }
}
