package gearstorm.storm0x;

import backtype.storm.generated.StormTopology;
import gearstorm.host.spi.StreamInfo;
import gearstorm.host.spi.WorkerEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.thrift7.TException;
import org.apache.thrift7.TSerializer;

/** Topologies of the tests as files, and the world of a worker that runs them. */
final class Topologies {
  static final StreamInfo WORDS = new StreamInfo("words", "default", 3, List.of("word", "count"));
  static final StreamInfo LENGTHS = new StreamInfo("lengths", "default", 3, List.of("length"));
  private static final StreamInfo TICKS =
      new StreamInfo("__system", "__tick", 1, List.of("rate_secs"));

  /** The keys that Storm's serialization reads, as defaults.yaml has them. */
  private static final String DEFAULTS =
      """
      "topology.kryo.factory":"backtype.storm.serialization.DefaultKryoFactory",
      "topology.tuple.serializer":"backtype.storm.serialization.types.ListDelegateSerializer",
      "topology.fall.back.on.java.serialization":true,
      "topology.skip.missing.kryo.registrations":false,
      "topology.message.timeout.secs":30""";

  private Topologies() {}

  static Path write(final StormTopology topology, final Path directory)
      throws IOException, TException {
    return Files.write(directory.resolve("topology.thrift"), new TSerializer().serialize(topology));
  }

  /** As the topology builders of all releases do; Storm's own methods differ in their names. */
  static byte[] serialize(final Object object) throws IOException {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  /** A configuration with Storm's defaults for serialization. */
  static String config(final String more) {
    return "{" + DEFAULTS + (more.isEmpty() ? "" : "," + more) + "}";
  }

  /** Task 1 is {@code __acker}, 2 and 3 are "lengths", 4 is "words"; 2 and 4 run here. */
  static WorkerEnvironment environment(
      final Path topologyFile, final String topologyConfig, final String lengthsConfig) {
    final Path directory = topologyFile.getParent();
    return new WorkerEnvironment(
        Topologies.class.getClassLoader(),
        "test-1-1400000000",
        "test",
        topologyFile,
        topologyFile,
        topologyConfig,
        directory.resolve("resources"),
        directory.resolve("pids"),
        directory.resolve("worker.log"),
        6700,
        Map.of(-1, "__system", 1, "__acker", 2, "lengths", 3, "lengths", 4, "words"),
        Map.of("words", List.of(WORDS), "lengths", List.of(LENGTHS), "__system", List.of(TICKS)),
        Map.of("words", topologyConfig, "lengths", lengthsConfig),
        Set.of("topology.message.timeout.secs"),
        Map.of("words", Set.of("topology.message.timeout.secs"), "lengths", Set.of()),
        List.of(2, 4),
        gearstorm.host.spi.DrpcPort.NONE);
  }
}
