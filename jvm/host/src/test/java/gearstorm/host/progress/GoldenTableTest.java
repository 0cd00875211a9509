package gearstorm.host.progress;

import static gearstorm.host.progress.GoldenVectors.bits;
import static gearstorm.host.progress.GoldenVectors.objects;
import static gearstorm.host.progress.GoldenVectors.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GoldenTableTest {
  @TestFactory
  Stream<DynamicTest> theTableDoesWhatEveryLanguagesTableDoes() {
    return GoldenVectors.tests("table", vector -> new Replay(vector).run());
  }

  @TestFactory
  Stream<DynamicTest> deltasAreFoldedAsInEveryLanguage() {
    return GoldenVectors.tests(
        "fold",
        vector -> {
          final DeltaFold fold = new DeltaFold();
          objects(vector.getAsJsonArray("in")).forEach(delta -> add(fold, delta));
          final Set<String> sent = new HashSet<>();
          assertTrue(
              fold.flush((task, root, xor, failed) -> sent.add(delta(task, root, xor, failed))));
          final Set<String> expected = new HashSet<>();
          objects(vector.getAsJsonArray("out")).forEach(delta -> expected.add(delta(delta)));
          assertEquals(expected, sent);
        });
  }

  private static void add(final DeltaFold fold, final JsonObject delta) {
    fold.add(
        delta.get("spoutTask").getAsInt(),
        bits(delta.get("root")),
        bits(delta.get("xor")),
        text(delta, "kind").equals("fail"));
  }

  private static String delta(final JsonObject delta) {
    return delta(
        delta.get("spoutTask").getAsInt(),
        bits(delta.get("root")),
        bits(delta.get("xor")),
        text(delta, "kind").equals("fail"));
  }

  /** A fail has no value. */
  private static String delta(
      final int task, final long root, final long xor, final boolean failed) {
    return task + " " + root + (failed ? " fail" : " " + xor);
  }

  /** One table and what its spout hears. */
  private static final class Replay implements PendingTable.Outcome {
    private final JsonObject vector;
    private final PendingTable table;
    private final List<String> heard = new ArrayList<>();

    private Replay(final JsonObject vector) {
      this.vector = vector;
      table =
          new PendingTable(
              vector.get("incarnation").getAsInt(),
              vector.get("capacity").getAsInt(),
              bits(vector.get("afterSequence")),
              this);
    }

    private void run() {
      for (final JsonObject step : objects(vector.getAsJsonArray("steps"))) {
        heard.clear();
        take(step);
        final List<String> expected = new ArrayList<>();
        if (step.has("then")) {
          step.getAsJsonArray("then").forEach(each -> expected.add(each.getAsString()));
        }
        assertEquals(expected, heard, step.toString());
      }
    }

    private void take(final JsonObject step) {
      if (step.has("put")) {
        put(step);
      } else if (step.has("delta")) {
        table.apply(bits(step.get("delta")), bits(step.get("xor")), false);
      } else if (step.has("fail")) {
        table.apply(bits(step.get("fail")), 0, true);
      } else if (step.has("settle")) {
        table.settle();
      } else if (step.has("rotate")) {
        table.rotate();
      } else {
        assertEquals(step.get("pending").getAsInt(), table.size());
      }
    }

    private void put(final JsonObject step) {
      final long root = step.has("followed") ? table.nextFollowedRoot() : table.nextRoot();
      assertEquals(bits(step.get("root")), root, step.toString());
      final JsonArray edges = step.getAsJsonArray("edges");
      long xor = 0;
      for (final JsonElement edge : edges) {
        xor ^= bits(edge);
      }
      table.put(root, xor, edges.size(), 1, 0, text(step, "put"), 0);
    }

    @Override
    public void completed(
        final int task, final int stream, final Object messageId, final long stampNs) {
      heard.add("acked " + messageId);
    }

    @Override
    public void failed(
        final int task, final int stream, final Object messageId, final long stampNs) {
      heard.add("failed " + messageId);
      final JsonObject callbacks = vector.getAsJsonObject("whenFailed");
      if (callbacks != null && callbacks.has((String) messageId)) {
        put(callbacks.getAsJsonObject((String) messageId));
      }
    }
  }
}
