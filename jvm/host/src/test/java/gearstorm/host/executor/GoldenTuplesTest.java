package gearstorm.host.executor;

import static gearstorm.host.progress.GoldenVectors.bits;
import static gearstorm.host.progress.GoldenVectors.objects;
import static gearstorm.host.progress.GoldenVectors.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import gearstorm.host.plan.ExecutionPlan;
import gearstorm.host.progress.GoldenVectors;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.Roots;
import gearstorm.host.spi.StreamInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GoldenTuplesTest {
  private static final int HIGHEST_TASK = 9;
  private static final FakeTuple.Factory FACTORY =
      new FakeTuple.Factory(3, new StreamInfo("bolt", "default", 0, List.of("value")));

  @TestFactory
  Stream<DynamicTest> tuplesAreAnchoredAndSettledAsInEveryLanguage() {
    return GoldenVectors.tests("tuples", vector -> new Replay().run(vector));
  }

  /** The tuples of one bolt and the deltas that leave it. */
  private static final class Replay implements ProgressOutlet {
    private final List<HostTuple> tuples = new ArrayList<>();
    private final Set<String> sent = new HashSet<>();
    private final ProgressWays ways = new ProgressWays(HIGHEST_TASK, task -> this, trees());

    private void run(final JsonObject vector) {
      vector
          .getAsJsonArray("received")
          .forEach(trees -> tuples.add(received(trees.getAsJsonArray())));
      objects(vector.getAsJsonArray("emits")).forEach(this::emit);
      objects(vector.getAsJsonArray("settles")).forEach(this::settle);
    }

    private void emit(final JsonObject emit) {
      final List<HostTuple> anchors = new ArrayList<>();
      emit.getAsJsonArray("anchors").forEach(each -> anchors.add(tuples.get(each.getAsInt())));
      final JsonArray hexadecimal = emit.getAsJsonArray("edges");
      final long[] edges = new long[hexadecimal.size()];
      for (int index = 0; index < edges.length; index++) {
        edges[index] = bits(hexadecimal.get(index));
      }
      final HostTuple made = RootsJoin.newTuple(FACTORY, List.of("value"), 4, anchors, edges);
      final Set<String> expected = new HashSet<>();
      objects(emit.getAsJsonArray("trees"))
          .forEach(tree -> expected.add(delta(task(tree), root(tree), edge(tree), false)));
      // A tuple without children: the delta of its ack is its edge in each tree.
      assertEquals(expected, deltasOf(made, false));
      tuples.add(made);
    }

    private void settle(final JsonObject settle) {
      final HostTuple tuple = tuples.get(settle.get("tuple").getAsInt());
      final Set<String> expected = new HashSet<>();
      for (final JsonObject each : objects(settle.getAsJsonArray("deltas"))) {
        final boolean failed = text(each, "kind").equals("fail");
        expected.add(delta(task(each), root(each), bits(each.get("xor")), failed));
      }
      assertEquals(expected, deltasOf(tuple, text(settle, "by").equals("fail")));
    }

    private Set<String> deltasOf(final HostTuple tuple, final boolean failed) {
      sent.clear();
      if (failed) {
        ways.fail(tuple);
      } else {
        ways.ack(tuple);
      }
      return Set.copyOf(sent);
    }

    @Override
    public boolean offer(
        final int rootTask, final long root, final long xor, final boolean failed) {
      return sent.add(delta(rootTask, root, xor, failed));
    }

    @Override
    public void signal() {}
  }

  /** Nobody counts: no tree of the vectors is followed. */
  private static TreeWays trees() {
    final ExecutionPlan empty =
        new ExecutionPlan(1, "", "", "", Set.of(), List.of(), List.of(), List.of(), List.of());
    return new TreeWays(new TaskDirectory(empty), (spoutTask, root, component, tuples) -> {});
  }

  private static HostTuple received(final JsonArray trees) {
    final List<JsonObject> all = objects(trees);
    if (all.size() == 1) {
      final JsonObject tree = all.get(0);
      return FACTORY.newTuple(List.of("value"), 3, task(tree), root(tree), edge(tree));
    }
    final Roots roots =
        new Roots(
            all.stream().mapToInt(GoldenTuplesTest::task).toArray(),
            all.stream().mapToLong(GoldenTuplesTest::root).toArray(),
            all.stream().mapToLong(GoldenTuplesTest::edge).toArray());
    return FACTORY.newTuple(List.of("value"), 3, all.isEmpty() ? null : roots);
  }

  private static int task(final JsonObject tree) {
    return tree.get("spoutTask").getAsInt();
  }

  private static long root(final JsonObject tree) {
    return bits(tree.get("root"));
  }

  private static long edge(final JsonObject tree) {
    return bits(tree.get("edge"));
  }

  /** A fail has no value. */
  private static String delta(
      final int task, final long root, final long xor, final boolean failed) {
    return task + " " + root + (failed ? " fail" : " " + xor);
  }
}
