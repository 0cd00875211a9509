package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backtype.storm.hooks.BaseTaskHook;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import gearstorm.host.transport.WireVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectionProcessTest {
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

  private int inspect(final List<String> classPath) throws Exception {
    final Map<String, Object> request =
        Map.of(
            "wireVersion",
            WireVersion.CURRENT,
            "generation",
            "0.9",
            "topologyFile",
            host.file("topology.thrift"),
            "classPath",
            classPath,
            "bridgePath",
            ChildHost.bridge(),
            "shellClasses",
            List.of(),
            "hookClasses",
            List.of(BaseTaskHook.class.getName(), "acme.Hook"),
            "reportFile",
            host.file("report.json"));
    host.start(
        "inspect",
        Files.writeString(directory.resolve("request.json"), new Gson().toJson(request)),
        classPath);
    return host.exitCode();
  }

  private JsonArray components() throws Exception {
    return report().getAsJsonArray("components");
  }

  private JsonObject report() throws Exception {
    return JsonParser.parseString(Files.readString(directory.resolve("report.json")))
        .getAsJsonObject();
  }

  @Test
  void aTopologyThatLoadsHasNoProblems() throws Exception {
    host.writeTopology(-1);
    assertEquals(0, inspect(ChildHost.stormAndTopology()), host.output());
    assertEquals(2, components().size());
    for (final JsonElement component : components()) {
      assertTrue(component.getAsJsonObject().get("problem").isJsonNull());
    }
  }

  @Test
  void aJarWithoutAClassIsReportedByComponent() throws Exception {
    host.writeTopology(-1);
    assertEquals(0, inspect(ChildHost.storm()), host.output());
    final JsonObject spout = components().get(0).getAsJsonObject();
    assertEquals("numbers", spout.get("id").getAsString());
    assertTrue(spout.get("className").isJsonNull());
    final String problem = spout.get("problem").getAsString();
    assertTrue(problem.contains(ChildTopology.Numbers.class.getName()), problem);
  }

  @Test
  void aHookWhoseClassIsNowhereIsNamed() throws Exception {
    host.writeTopology(-1);
    assertEquals(0, inspect(ChildHost.stormAndTopology()), host.output());
    assertEquals("[\"acme.Hook\"]", report().get("missingHookClasses").toString());
  }

  @Test
  void aFileThatIsNoTopologyIsOneSentence() throws Exception {
    Files.write(directory.resolve("topology.thrift"), new byte[] {1, 2, 3});
    assertEquals(2, inspect(ChildHost.stormAndTopology()));
    assertTrue(host.output().contains("topology.thrift does not hold a topology"), host.output());
  }
}
