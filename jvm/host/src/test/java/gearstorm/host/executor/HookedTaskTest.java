package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.spi.HostTuple;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: a task hears of its emits and executes when Storm's hooks would. */
final class HookedTaskTest {
  private final List<String> calls = new SharedList<>();

  private class Spout extends TestSpout {
    private boolean listening;

    Spout() {
      super(1);
    }

    @Override
    public boolean listensToEmits() {
      return listening;
    }

    @Override
    public void nextTuple() throws Exception {
      if (emitted.get() == 0) {
        out.emit("default", List.of("before"), null);
        listening = true;
        out.emit("nowhere", List.of("lost"), null);
        out.emitDirect(2, "direct", List.of("unwanted"), null);
      }
      super.nextTuple();
    }

    @Override
    public void onEmit(
        final String stream, final List<Object> values, final List<Integer> targets) {
      calls.add("emit " + stream + " " + values + " to " + targets);
    }

    @Override
    public void ack(final Object messageId, final long latencyNs) throws Exception {
      calls.add("ack sampled " + (latencyNs >= 0));
      super.ack(messageId, latencyNs);
    }

    @Override
    public void endHooks() {
      calls.add("end of hooks");
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  private final class Bolt extends TestBolt {
    @Override
    public void execute(final HostTuple tuple) throws Exception {
      calls.add("execute " + tuple.values());
      super.execute(tuple);
    }

    @Override
    public void executed(final HostTuple tuple, final long latencyNs) {
      calls.add("executed sampled " + (latencyNs >= 0));
    }
  }

  @Test
  void anEmitIsHeardOfBeforeItsTuplesAreTaken() throws Exception {
    final Spout spout = new Spout();
    try (TestTopology topology =
        new TestTopology()
            .with("topology.stats.sample.rate", "1.0")
            .chain(spout, new Bolt())
            .run()) {
      topology.await("acked", () -> spout.acked.size() == 1);
      // the bolt may still be behind the ack that its spout has heard of
      topology.await("executed", () -> Collections.frequency(calls, "executed sampled true") == 2);
    }
    assertTrue(
        calls.indexOf("emit default [0] to [2]") < calls.indexOf("execute [0]"), calls.toString());
    assertTrue(calls.contains("emit nowhere [lost] to []"), calls.toString());
    assertTrue(calls.stream().noneMatch(call -> call.startsWith("emit default [before]")));
    assertTrue(calls.contains("executed sampled true"), calls.toString());
    assertTrue(calls.contains("ack sampled true"), calls.toString());
    assertEquals(List.of("end of hooks", "close"), calls.subList(calls.size() - 2, calls.size()));
  }

  // clause: wait-strategy
  @Test
  void aWaitStrategyOfTheUsersSeesTheStreakOfEmptyLoops() throws Exception {
    final List<Long> streaks = new SharedList<>();
    try (TestTopology topology =
        new TestTopology().spoutWait(streaks::add).spout("spout", new TestSpout(2)).run()) {
      topology.await("empty loops", () -> streaks.size() >= 3);
    }
    assertEquals(List.of(1L, 2L, 3L), streaks.subList(0, 3));
  }

  // clause: wait-strategy
  @Test
  void anEmitBetweenEmptyLoopsBeginsTheStreakAnew() throws Exception {
    final List<Long> streaks = new SharedList<>();
    final TestSpout spout =
        new TestSpout(103, false) {
          private int calls;

          @Override
          public void nextTuple() throws Exception {
            calls++;
            final boolean pauses = calls > 100 && calls <= 105;
            if (!pauses) {
              super.nextTuple();
            }
          }
        };
    // A clock that stands still makes every call a quick one.
    try (TestTopology topology =
        new TestTopology().clock(() -> 0).spoutWait(streaks::add).spout("spout", spout).run()) {
      topology.await("empty loops", () -> streaks.size() >= 7);
    }
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 1L, 2L), streaks.subList(0, 7));
  }

  // clause: hook-cleanup
  @Test
  void hooksEndEvenWhenTheTopologyWasNeverActivated() throws Exception {
    final Spout spout = new Spout();
    final TestTopology topology = new TestTopology().spout("spout", spout).start();
    topology.close();
    assertEquals(List.of("end of hooks"), calls);
  }
}
