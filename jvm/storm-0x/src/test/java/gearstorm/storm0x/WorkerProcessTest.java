package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a worker process as control sees it, with the real storm-core in it. */
final class WorkerProcessTest {
  private static final long NEVER = -1;

  @TempDir Path directory;
  private ChildHost host;

  @BeforeEach
  void prepare() {
    host = new ChildHost(directory);
  }

  @AfterEach
  void end() throws InterruptedException {
    host.kill();
  }

  private ControlServer control() throws Exception {
    return new ControlServer(directory.resolve("control.sock"));
  }

  private static JsonObject executor(final JsonObject stats, final String component) {
    for (final JsonElement each : stats.getAsJsonArray("executors")) {
      if (each.getAsJsonObject().get("component").getAsString().equals(component)) {
        return each.getAsJsonObject();
      }
    }
    throw new AssertionError("no statistics of " + component);
  }

  private static long count(final JsonObject stats, final String component, final String what) {
    final JsonArray counts = executor(stats, component).getAsJsonArray(what);
    return counts.isEmpty() ? 0 : counts.get(0).getAsJsonObject().get("count").getAsLong();
  }

  @Test
  void aWorkerRunsItsTasksUntilItIsStopped() throws Exception {
    try (ControlServer control = control()) {
      host.start("worker", host.assignment(NEVER, 30, true));
      final JsonObject hello = control.await("hello");
      assertEquals("starting", hello.get("state").getAsString());
      assertEquals("00ff00ff00ff00ff", hello.get("token").getAsString());
      control.send("{\"type\":\"welcome\",\"epoch\":5}");
      control.send("{\"type\":\"unknown\"}");
      control.send("{\"type\":\"activate\"}");
      control.await("running");
      control.await("stats", stats -> count(stats, "numbers", "acked") > 0);
      control.send(
          "{\"type\":\"peek-start\",\"id\":9,\"component\":\"doubler\",\"stream\":null,\"all\":true}");
      control.await("peek-started");
      assertGapless(control.await("peek-tuples").getAsJsonArray("tuples"));
      control.send("{\"type\":\"peek-stop\",\"id\":9}");
      control.send("{\"type\":\"stop\",\"reason\":\"killed by its user\"}");
      assertEquals("killed by its user", control.await("exiting").get("reason").getAsString());
      assertEquals(0, host.exitCode(), host.output());
    }
    final String log = host.log();
    assertLine("numbers", "numbers opened in jdk.internal.loader.ClassLoaders$AppClassLoader", log);
    assertLine("numbers", "numbers closed", log);
  }

  /** Its executor's thread printed it. */
  private static void assertLine(final String component, final String text, final String log) {
    final String begin = " STDIO Thread-\\d+-" + component + "-executor\\[\\d+ \\d+\\] \\[INFO\\] ";
    assertTrue(Pattern.compile(begin + Pattern.quote(text)).matcher(log).find(), log);
  }

  private static void assertGapless(final JsonArray tuples) {
    final long first = value(tuples.get(0));
    for (int i = 0; i < tuples.size(); i++) {
      assertEquals(first + 2L * i, value(tuples.get(i)));
    }
  }

  private static long value(final JsonElement tuple) {
    final JsonObject peeked = tuple.getAsJsonObject();
    assertEquals(2, peeked.get("task").getAsInt());
    assertEquals("default", peeked.get("stream").getAsString());
    return peeked.getAsJsonArray("values").get(0).getAsLong();
  }

  @Test
  void anInactiveTopologyIsNotEvenOpened() throws Exception {
    try (ControlServer control = control()) {
      host.start("worker", host.assignment(NEVER, 30, false));
      control.await("hello");
      control.send("{\"type\":\"welcome\",\"epoch\":5}");
      control.send("{\"type\":\"deactivate\"}");
      control.await("running");
      assertFalse(host.log().contains("opened"));
      control.send("{\"type\":\"ping\"}");
      control.await("pong");
      control.send("{\"type\":\"activate\"}");
      control.await("stats", stats -> count(stats, "doubler", "executed") > 0);
      assertTrue(host.log().contains("opened"));
    }
  }

  // clause: uncaught-exception
  @Test
  void userCodeThatThrowsEndsTheWorkerWithItsReason() throws Exception {
    try (ControlServer control = control()) {
      host.start("worker", host.assignment(3, 30, true));
      control.await("hello");
      control.send("{\"type\":\"welcome\",\"epoch\":5}");
      control.send("{\"type\":\"activate\"}");
      final JsonObject error = control.await("error");
      assertEquals("doubler", error.get("component").getAsString());
      assertEquals(2, error.get("task").getAsInt());
      assertTrue(error.get("message").getAsString().contains("told to throw"));
      final String reason = control.await("exiting").get("reason").getAsString();
      assertTrue(reason.contains("component doubler, task 2"), reason);
      assertEquals(1, host.exitCode(), host.output());
      assertTrue(host.log().contains("told to throw"));
    }
  }

  @Test
  void noUserCodeRunsBeforeControlWelcomesTheWorker() throws Exception {
    try (ControlServer control = control()) {
      host.start("worker", host.assignment(NEVER, 30, true));
      control.await("hello");
      control.send("{\"type\":\"refused\",\"reason\":\"the slot is taken\"}");
      assertEquals(3, host.exitCode(), host.output());
      assertFalse(host.log().contains("opened"));
    }
  }

  @Test
  void anOlderControlPlaneIsLeftAndANewerOneObeyed() throws Exception {
    try (ControlServer control = control()) {
      host.start("worker", host.assignment(NEVER, 30, true));
      assertEquals(5, control.await("hello").get("epoch").getAsInt());
      control.send("{\"type\":\"welcome\",\"epoch\":4}");
      control.await("hello");
      control.send("{\"type\":\"welcome\",\"epoch\":8}");
      control.await("running");
      control.send("{\"type\":");
      final JsonObject again = control.await("hello");
      assertEquals(8, again.get("epoch").getAsInt());
      assertEquals("running", again.get("state").getAsString());
      control.send("{\"type\":\"welcome\",\"epoch\":8}");
      control.await("stats");
    }
  }

  @Test
  void withoutAControlPlaneTheLeaseEnds() throws Exception {
    host.start("worker", host.assignment(NEVER, 1, true));
    assertEquals(3, host.exitCode(), host.output());
  }

  @Test
  void aWrongAssignmentIsOneSentence() throws Exception {
    host.start("worker", Files.writeString(directory.resolve("assignment.json"), "{}"));
    assertEquals(2, host.exitCode());
    assertTrue(host.output().contains("assignment.json is no assignment"), host.output());
  }
}
