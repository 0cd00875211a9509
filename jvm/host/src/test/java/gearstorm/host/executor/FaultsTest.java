package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import gearstorm.host.plan.RouteChoice.Kind;
import gearstorm.host.spi.BoltEmitter;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.SpoutEmitter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: wherever user code throws, it is fatal once, by the component and the task whose code ran.
 * Method: a spout of tasks 1 and 2 and a bolt of tasks 3 and 4, of one executor each, in which one
 * place throws in the second task.
 */
@Timeout(60)
class FaultsTest {
  private final AtomicLong nowNs = new AtomicLong();
  private final RuntimeException fault = new IllegalStateException("told to");

  private void reach(final String place, final String here, final int task) {
    if (place.equals(here) && task % 2 == 0) {
      throw fault;
    }
  }

  private TestSpout spout(final String place, final int task) {
    return new TestSpout(10) {
      @Override
      public void open(final SpoutEmitter emitter) throws Exception {
        reach(place, "open", task);
        super.open(emitter);
      }

      @Override
      public void activate() {
        reach(place, "activate", task);
      }

      @Override
      public void deactivate() {
        reach(place, "deactivate", task);
      }

      @Override
      public void nextTuple() throws Exception {
        reach(place, "nextTuple", task);
        super.nextTuple();
      }

      @Override
      public void ack(final Object messageId, final long latencyNs) {
        reach(place, "ack", task);
      }

      @Override
      public void fail(final Object messageId, final long latencyNs) {
        reach(place, "fail", task);
      }

      @Override
      public boolean listensToEmits() {
        return true;
      }

      @Override
      public void onEmit(
          final String stream, final List<Object> values, final List<Integer> targets) {
        reach(place, "emit hook", task);
      }

      @Override
      public List<Integer> metricIntervalsSecs() {
        return List.of(60);
      }

      @Override
      public List<Object> readMetrics(final int intervalSecs) {
        reach(place, "spout metric", task);
        return null;
      }
    };
  }

  private TestBolt bolt(final String place, final int task) {
    return new TestBolt() {
      @Override
      public void prepare(final BoltEmitter emitter) throws Exception {
        reach(place, "prepare", task);
        super.prepare(emitter);
      }

      @Override
      public void execute(final HostTuple tuple) {
        reach(place, "execute", task);
        if ((Integer) tuple.values().get(0) % 2 == 0) {
          out.ack(tuple);
        } else {
          out.fail(tuple);
        }
      }

      @Override
      public void executed(final HostTuple tuple, final long latencyNs) {
        reach(place, "execute hook", task);
      }

      @Override
      public List<Integer> metricIntervalsSecs() {
        return List.of(60);
      }

      @Override
      public List<Object> readMetrics(final int intervalSecs) {
        reach(place, "bolt metric", task);
        return null;
      }
    };
  }

  private TestTopology topology(final String place) {
    final TestTopology topology =
        new TestTopology()
            .clock(nowNs::get)
            .spout("spout", 2, task -> spout(place, task))
            .bolt("bolt", 2, 1, null, task -> bolt(place, task))
            .route("spout", "bolt", Kind.CUSTOM);
    topology.choosers.put(
        "bolt",
        (task, values) -> {
          reach(place, "grouping", task);
          return List.of(3, 4);
        });
    return topology;
  }

  @ParameterizedTest
  @CsvSource({
    "open,spout,2",
    "activate,spout,2",
    "nextTuple,spout,2",
    "ack,spout,2",
    "fail,spout,2",
    "emit hook,spout,2",
    "grouping,spout,2",
    "spout metric,spout,2",
    "deactivate,spout,2",
    "prepare,bolt,4",
    "execute,bolt,4",
    "execute hook,bolt,4",
    "bolt metric,bolt,4"
  })
  void whatThrowsIsNamed(final String place, final String component, final int task)
      throws Exception {
    try (TestTopology topology = topology(place).run()) {
      if (place.endsWith("metric")) {
        topology.await("all open", () -> executed(topology) == 40);
        nowNs.set(TimeUnit.SECONDS.toNanos(61));
        topology.group().activate();
      }
      if (place.equals("deactivate")) {
        // Both spouts: one that was never active is not deactivated either.
        topology.await("both active", () -> executed(topology) == 40);
        topology.group().deactivate();
      }
      topology.await("fatal in " + place, () -> !topology.fatals.isEmpty());
      assertEquals(
          List.of(new TestTopology.Failure(component, task, fault)), List.copyOf(topology.fatals));
    }
  }

  private static long executed(final TestTopology topology) {
    return topology.group().stats().stream()
        .flatMap(executor -> executor.executed().stream())
        .mapToLong(each -> each.count())
        .sum();
  }

  @ParameterizedTest
  @ValueSource(classes = {StackOverflowError.class, OutOfMemoryError.class, Exception.class})
  void everyThrowableButAnInterruptIsFatal(final Class<? extends Throwable> type) throws Exception {
    final Throwable thrown = type.getDeclaredConstructor().newInstance();
    final TestSpout spout =
        new TestSpout(1) {
          @Override
          public void nextTuple() throws Exception {
            if (thrown instanceof Error error) {
              throw error;
            }
            throw (Exception) thrown;
          }
        };
    try (TestTopology topology = new TestTopology().spout("spout", spout).run()) {
      topology.await("fatal", () -> !topology.fatals.isEmpty());
      assertSame(thrown, topology.fatals.get(0).error());
    }
  }
}
