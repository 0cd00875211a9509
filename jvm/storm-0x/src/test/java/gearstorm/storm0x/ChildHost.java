package gearstorm.storm0x;

import backtype.storm.topology.BoltDeclarer;
import backtype.storm.topology.IRichBolt;
import backtype.storm.topology.TopologyBuilder;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import gearstorm.host.Main;
import gearstorm.host.transport.WireVersion;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A host process of the tests with its files. */
final class ChildHost {
  private static final Gson NULLS_TOO = new GsonBuilder().serializeNulls().create();

  private final Path directory;
  private Process process;
  private String moreConfig = "";
  private String metricsConsumer;
  private IRichBolt otherBolt;

  ChildHost(final Path directory) {
    this.directory = directory;
  }

  /** Replaces the bolt "doubler". */
  void doubler(final IRichBolt bolt) {
    otherBolt = bolt;
  }

  /** Adds members to the configuration of the topology and its components. */
  void configure(final String members) {
    moreConfig = members;
  }

  /** Adds a metrics consumer as the translator does; it must be in the configuration too. */
  void addMetricsConsumer(final String className) {
    metricsConsumer = "__metrics" + className;
  }

  /** Writes a topology "numbers -> doubler" and everything a worker of it needs. */
  Path assignment(final long throwsAt, final int leaseSecs, final boolean active) throws Exception {
    writeTopology(throwsAt);
    Files.writeString(directory.resolve("config.json"), Topologies.config(moreConfig));
    Files.writeString(directory.resolve("plan.json"), NULLS_TOO.toJson(plan()));
    final Map<String, Object> assignment = new HashMap<>();
    assignment.putAll(
        Map.of(
            "wireVersion",
            WireVersion.CURRENT,
            "token",
            "00ff00ff00ff00ff",
            "stormId",
            "test-1-1400000000",
            "topologyName",
            "test",
            "generation",
            "0.9",
            "epoch",
            5,
            "workerIndex",
            0,
            "port",
            6700,
            "incarnation",
            1,
            "leaseSecs",
            leaseSecs));
    assignment.putAll(
        Map.of(
            "controlSocket", file("control.sock"),
            "dataSocketPrefix", file("w"),
            "planFile", file("plan.json"),
            "topologyFile", file("topology.thrift"),
            "configFile", file("config.json"),
            "codeDir", file("resources"),
            "pidDir", file("pids"),
            "logFile", file("worker.log"),
            "active", active));
    assignment.put("systemTopologyFile", file("topology.thrift"));
    assignment.put("credentialsFile", file("credentials.json"));
    assignment.put("classPath", stormAndTopology());
    assignment.put("bridgePath", bridge());
    return Files.writeString(directory.resolve("assignment.json"), new Gson().toJson(assignment));
  }

  void writeTopology(final long throwsAt) throws Exception {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("numbers", new ChildTopology.Numbers(), 1);
    final BoltDeclarer doubler =
        otherBolt == null
            ? builder.setBolt("doubler", new ChildTopology.Doubler(throwsAt), 1)
            : builder.setBolt("doubler", otherBolt, 1);
    doubler.shuffleGrouping("numbers");
    Topologies.write(builder.createTopology(), directory);
  }

  String file(final String name) {
    return directory.resolve(name).toString();
  }

  private Map<String, Object> plan() {
    final List<Map<String, Object>> processors =
        Stream.of(
                processor("__acker", "system", List.of(1), List.of()),
                processor(
                    "doubler", "bolt", List.of(2), List.of(metrics(), stream("default", "double"))),
                processor(
                    "numbers",
                    "spout",
                    List.of(3),
                    List.of(metrics(), stream("default", "number"))),
                metricsConsumer == null
                    ? null
                    : processor(metricsConsumer, "system", List.of(4), List.of(metrics())),
                processor(
                    "__system",
                    "system",
                    List.of(),
                    List.of(metrics(), stream("__tick", "rate_secs"))))
            .filter(Objects::nonNull)
            .toList();
    return Map.of(
        "planVersion",
        2,
        "stormId",
        "test-1-1400000000",
        "topologyName",
        "test",
        "generation",
        "0.9",
        "yamlKeys",
        List.of(),
        "processors",
        processors,
        "executors",
        executors(),
        "workers",
        List.of(Map.of("index", 0, "port", 6700)),
        "routes",
        routes());
  }

  private List<Object> executors() {
    final List<Object> executors =
        new ArrayList<>(
            List.of(
                Map.of("component", "doubler", "firstTask", 2, "lastTask", 2, "worker", 0),
                Map.of("component", "numbers", "firstTask", 3, "lastTask", 3, "worker", 0)));
    if (metricsConsumer != null) {
      executors.add(
          Map.of("component", metricsConsumer, "firstTask", 4, "lastTask", 4, "worker", 0));
    }
    return executors;
  }

  private List<Object> routes() {
    final List<Object> routes = new ArrayList<>(List.of(route("numbers", "default", "doubler", 2)));
    if (metricsConsumer != null) {
      for (final String source : List.of("__system", "doubler", "numbers")) {
        routes.add(route(source, "__metrics", metricsConsumer, 4));
      }
    }
    return routes;
  }

  private static Map<String, Object> route(
      final String source, final String stream, final String target, final int task) {
    return Map.of(
        "source", source,
        "stream", stream,
        "target", target,
        "targetTasks", List.of(task),
        "choice", Map.of("kind", "shuffle"));
  }

  private static Map<String, Object> metrics() {
    return Map.of(
        "id", "__metrics", "fields", List.of("task-info", "data-points"), "direct", false);
  }

  private static Map<String, Object> stream(final String id, final String field) {
    return Map.of("id", id, "fields", List.of(field), "direct", false);
  }

  private Map<String, Object> processor(
      final String id, final String kind, final List<Integer> tasks, final List<?> streams) {
    final Map<String, Object> processor = new HashMap<>();
    processor.put("id", id);
    processor.put("kind", kind);
    processor.put(
        "host", kind.equals("system") && !id.equals(metricsConsumer) ? JsonNull.INSTANCE : "java");
    processor.put("tasks", tasks);
    processor.put("streams", streams);
    processor.put("configJson", Topologies.config(moreConfig));
    processor.put("ownConfigKeys", List.of());
    processor.put("cycle", JsonNull.INSTANCE);
    return processor;
  }

  /** Starts {@code Main} as control does, for a topology of this class path. */
  void start(final String command, final Path argument, final List<String> topology)
      throws Exception {
    final List<String> classPath = new ArrayList<>(List.of(home(Main.class)));
    classPath.addAll(bridge());
    classPath.addAll(topology);
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(File.pathSeparator, classPath),
                Main.class.getName(),
                command,
                argument.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
  }

  void start(final String command, final Path argument) throws Exception {
    start(command, argument, stormAndTopology());
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("the host does not end");
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(directory.resolve("output"));
  }

  String log() throws IOException {
    return Files.readString(directory.resolve("worker.log"));
  }

  static List<String> bridge() throws URISyntaxException {
    return List.of(home(Storm0xBridge.class));
  }

  /** Storm's libraries, then the classes of these tests as the topology's jar. */
  static List<String> stormAndTopology() throws URISyntaxException {
    final List<String> path = new ArrayList<>(storm());
    path.add(home(ChildTopology.class));
    return path;
  }

  static List<String> storm() throws URISyntaxException {
    final List<String> ours =
        List.of(
            home(Main.class),
            home(Gson.class),
            home(Storm0xBridge.class),
            home(ChildTopology.class));
    return Stream.of(classPathOfTests().split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .filter(entry -> !ours.contains(entry) && !entry.contains("junit"))
        .toList();
  }

  private static String classPathOfTests() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static String home(final Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** Ends the process, whatever it does. */
  void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }
}
