package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import gearstorm.storm0x.DeadlyBolt.Deed;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: what user code does to its process ends it, or not, as in Storm, and with a reason. */
final class DeadlyUserCodeTest {
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

  private ControlServer start(final Deed deed) throws Exception {
    host.doubler(new DeadlyBolt(deed));
    final ControlServer control = new ControlServer(directory.resolve("control.sock"));
    host.start("worker", host.assignment(-1, 30, true));
    control.await("hello");
    control.send("{\"type\":\"welcome\",\"epoch\":5}");
    return control;
  }

  private void endsBy(final Deed deed, final String reason) throws Exception {
    try (ControlServer control = start(deed)) {
      final String said = control.await("exiting").get("reason").getAsString();
      assertTrue(said.contains(reason), said);
      assertEquals(1, host.exitCode(), host.output());
    }
  }

  @Test
  void anExitHasTheCodeThatUserCodeChose() throws Exception {
    try (ControlServer control = start(Deed.EXIT)) {
      control.await("running");
      assertEquals(7, host.exitCode(), host.output());
    }
  }

  @Test
  void memoryThatIsNotThereIsTheFaultOfItsTask() throws Exception {
    endsBy(
        Deed.MEMORY, "component doubler, task 2 of topology test threw java.lang.OutOfMemoryError");
  }

  @Test
  void endlessRecursionIsTheFaultOfItsTask() throws Exception {
    endsBy(
        Deed.RECURSION,
        "component doubler, task 2 of topology test threw java.lang.StackOverflowError");
  }

  @Test
  void anErrorInAThreadOfTheUserEndsTheWorkerFromStorm010On() throws Exception {
    if (FieldsHash.ofStormIn(getClass().getClassLoader()) == FieldsHash.DEEP) {
      endsBy(Deed.ERROR_IN_THREAD, "thread users-own of topology test threw java.lang.Assertion");
    } else {
      onlyEndsItsThread(Deed.ERROR_IN_THREAD);
    }
  }

  @Test
  void anExceptionInAThreadOfTheUserEndsThatThreadOnly() throws Exception {
    onlyEndsItsThread(Deed.EXCEPTION_IN_THREAD);
  }

  private void onlyEndsItsThread(final Deed deed) throws Exception {
    try (ControlServer control = start(deed)) {
      control.await("stats", stats -> executedByDoubler(stats) > 100);
      assertTrue(
          host.log().contains("thread users-own of topology test threw java.lang."), host.log());
    }
  }

  private static long executedByDoubler(final JsonObject stats) {
    return stats.getAsJsonArray("executors").asList().stream()
        .map(each -> each.getAsJsonObject())
        .filter(each -> each.get("component").getAsString().equals("doubler"))
        .flatMap(each -> each.getAsJsonArray("executed").asList().stream())
        .mapToLong(each -> each.getAsJsonObject().get("count").getAsLong())
        .sum();
  }
}
