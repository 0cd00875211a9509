package gearstorm.local0x;

import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A ZooKeeper in this process, as every local cluster of Storm's has one: topologies that keep
 * state in it expect that it is there at once. It is the one inside storm-core, which each release
 * keeps in another package.
 */
final class LocalZooKeeper {
  private static final List<String> PACKAGES =
      List.of("org.apache.storm.zookeeper.", "org.apache.storm.shade.org.apache.zookeeper.");
  private static final String SERVER = "server.ZooKeeperServer";
  private static final String CONNECTIONS = "server.NIOServerCnxnFactory";
  private static final int TICK_MS = 2000;
  private static final int CONNECTIONS_MAX = 1000;

  private final Object connections;
  private final int port;

  private LocalZooKeeper(final Object connections) throws ReflectiveOperationException {
    this.connections = connections;
    this.port = (int) connections.getClass().getMethod("getLocalPort").invoke(connections);
  }

  /**
   * Listens on a free port of this machine only.
   *
   * @param folder for its files
   * @throws IllegalStateException when it does not start
   */
  static LocalZooKeeper start(final Path folder, final ClassLoader loader) {
    final CompletableFuture<LocalZooKeeper> started = new CompletableFuture<>();
    final Thread starter =
        new Thread(() -> started.complete(Sneaky.call(() -> open(folder.toFile(), loader))));
    starter.setDaemon(true); // its threads inherit that: none keeps the JVM alive
    starter.setUncaughtExceptionHandler((thread, error) -> started.completeExceptionally(error));
    starter.start();
    try {
      return started.get();
    } catch (InterruptedException | ExecutionException error) {
      throw new IllegalStateException("the local ZooKeeper does not start: " + error, error);
    }
  }

  int port() {
    return port;
  }

  void stop() {
    Sneaky.call(() -> connections.getClass().getMethod("shutdown").invoke(connections));
  }

  private static LocalZooKeeper open(final File folder, final ClassLoader loader)
      throws ReflectiveOperationException {
    final Class<?> serverClass = find(SERVER, loader);
    final Object server =
        serverClass
            .getConstructor(File.class, File.class, int.class)
            .newInstance(folder, folder, TICK_MS);
    final Object connections = find(CONNECTIONS, loader).getConstructor().newInstance();
    connections
        .getClass()
        .getMethod("configure", InetSocketAddress.class, int.class)
        .invoke(
            connections,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            CONNECTIONS_MAX);
    connections.getClass().getMethod("startup", serverClass).invoke(connections, server);
    return new LocalZooKeeper(connections);
  }

  private static Class<?> find(final String name, final ClassLoader loader)
      throws ClassNotFoundException {
    for (final String each : PACKAGES) {
      try {
        return Class.forName(each + name, true, loader);
      } catch (ClassNotFoundException elsewhere) {
        // another release of Storm
      }
    }
    throw new ClassNotFoundException(name);
  }
}
