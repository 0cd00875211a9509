package gearstorm.zookeeper;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;

/** A ZooKeeper server without companions, and without its administration server. */
final class LocalServer {
  private static final int TICK_MS = 2000;
  private static final int CONNECTIONS_MAX = 4096;

  private final ServerCnxnFactory connections;
  private final ZooKeeperServer server;
  private final OldFiles oldFiles;

  private LocalServer(ServerCnxnFactory connections, ZooKeeperServer server, OldFiles oldFiles) {
    this.connections = connections;
    this.server = server;
    this.oldFiles = oldFiles;
  }

  /** Answers when it returns. */
  static LocalServer start(Path folder, InetSocketAddress address)
      throws IOException, InterruptedException {
    File data = folder.toFile();
    OldFiles oldFiles = new OldFiles(data, Duration.ofHours(1));
    ZooKeeperServer server = new DirectServer(new FileTxnSnapLog(data, data), TICK_MS);
    ServerCnxnFactory connections = new DirectConnections();
    connections.configure(address, CONNECTIONS_MAX);
    connections.startup(server);
    oldFiles.startRemoving();
    return new LocalServer(connections, server, oldFiles);
  }

  int port() {
    return connections.getLocalPort();
  }

  int connections() {
    return connections.getNumAliveConnections();
  }

  boolean isRunning() {
    return server.isRunning();
  }

  /** What was acknowledged is on the disk already. */
  void stop() {
    oldFiles.stopRemoving();
    connections.shutdown();
    server.shutdown();
  }
}
