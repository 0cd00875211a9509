package gearstorm.host.loading;

import gearstorm.host.spi.GenerationBridge;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The class path of this process: this host and one generation's bridge, Storm's libraries, the
 * topology jar. All of it is on the JVM's own application loader, which is what a topology finds
 * under Storm too, and the only loader whose classes a class-data archive brings without reading
 * them. The host brings no package but its own, so that it stands before nothing of the others.
 */
public final class TopologyClassPath {
  private TopologyClassPath() {}

  /**
   * Loads user code, in this process and wherever it asks for the system's or a thread's loader.
   */
  public static ClassLoader loader() {
    return ClassLoader.getSystemClassLoader();
  }

  /**
   * A JVM passes over what is missing from its class path.
   *
   * @throws FileNotFoundException when an entry does not exist
   */
  public static void check(final List<String> entries) throws FileNotFoundException {
    for (final String entry : entries) {
      if (!Files.isReadable(Path.of(entry))) {
        throw new FileNotFoundException("the class path names " + entry + ", which is not there");
      }
    }
  }

  /**
   * The bridge is the first on the class path: a service file in the topology's own jar does not
   * stand in for it.
   *
   * @throws IOException when there is none
   */
  public static GenerationBridge bridge(final ClassLoader topologyLoader) throws IOException {
    return ServiceLoader.load(GenerationBridge.class, topologyLoader)
        .findFirst()
        .orElseThrow(() -> new IOException("no bridge for Storm on the class path"));
  }
}
