package gearstorm.host.loading;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The loader of a topology: Storm's libraries, then the topology jar. The JVM creates it as its
 * system class loader ({@code -Djava.system.class.loader}), so that user code that asks for the
 * system loader, or the context loader of a thread, finds what it would find on Storm's class path.
 *
 * <p>Its parent is the platform loader: of the host, only {@code gearstorm.host.*} can be named
 * from here (the JVM itself loads the main class through the system loader), and none of the host's
 * libraries. One loader holds Storm's libraries first and the jar last, so a jar that bundles
 * storm-core does not bring a second copy.
 */
public final class TopologyLoader extends URLClassLoader {
  private static final String HOST_PREFIX = "gearstorm.host.";

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader hostLoader;

  /** Called by the JVM with its application loader, and by tests. */
  public TopologyLoader(final ClassLoader hostLoader) {
    super("topology", new URL[0], ClassLoader.getPlatformClassLoader());
    this.hostLoader = hostLoader;
  }

  /** The loader of this process, when the JVM was told to use it. */
  public static TopologyLoader ofThisProcess() {
    if (ClassLoader.getSystemClassLoader() instanceof TopologyLoader loader) {
      return loader;
    }
    throw new IllegalStateException(
        "start the JVM with -Djava.system.class.loader=" + TopologyLoader.class.getName());
  }

  /**
   * Sets what the topology can load; called once, before any of its classes is named.
   *
   * @param classPath Storm's libraries, then the topology jar
   * @throws FileNotFoundException when an entry does not exist
   */
  public void open(final List<Path> classPath) throws IOException {
    for (final Path entry : classPath) {
      if (!Files.isReadable(entry)) {
        throw new FileNotFoundException("the class path names " + entry + ", which is not there");
      }
    }
    for (final Path entry : classPath) {
      addURL(entry.toUri().toURL());
    }
  }

  @Override
  protected Class<?> loadClass(final String name, final boolean resolve)
      throws ClassNotFoundException {
    return name.startsWith(HOST_PREFIX)
        ? hostLoader.loadClass(name)
        : super.loadClass(name, resolve);
  }
}
