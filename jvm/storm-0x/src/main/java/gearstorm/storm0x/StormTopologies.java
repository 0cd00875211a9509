package gearstorm.storm0x;

import backtype.storm.generated.StormTopology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.thrift7.TDeserializer;
import org.apache.thrift7.TException;

/** Topologies as files. */
final class StormTopologies {
  private StormTopologies() {}

  /** Reads a StormTopology in Thrift's binary protocol. */
  static StormTopology read(final Path file) throws IOException {
    final StormTopology topology = new StormTopology();
    try {
      new TDeserializer().deserialize(topology, Files.readAllBytes(file));
      topology.validate();
    } catch (TException | RuntimeException error) {
      throw new IOException(file + " does not hold a topology: " + error.getMessage(), error);
    }
    return topology;
  }
}
