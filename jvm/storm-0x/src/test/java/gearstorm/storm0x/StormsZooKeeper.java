package gearstorm.storm0x;

import backtype.storm.Config;
import backtype.storm.utils.Utils;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import storm.trident.topology.state.TransactionalState;

/** The ZooKeeper that Storm brings, in this process; its package differs from 0.9 to 0.10. */
final class StormsZooKeeper implements AutoCloseable {
  private final Object server;
  private final Object connections;

  StormsZooKeeper(final Path folder) throws ReflectiveOperationException {
    final File data = folder.toFile();
    final InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        type("ZooKeeperServer")
            .getConstructor(File.class, File.class, int.class)
            .newInstance(data, data, 2000);
    connections = type("NIOServerCnxnFactory").getConstructor().newInstance();
    call(connections, "configure", anyPort, 100);
    call(connections, "startup", server);
  }

  /** A state of Storm's own that is connected. */
  TransactionalState connect() throws ReflectiveOperationException {
    return TransactionalState.newCoordinatorState(conf(), "words");
  }

  /** What a worker is configured with that keeps Trident's states here. */
  Map<String, Object> conf() throws ReflectiveOperationException {
    final Map<String, Object> conf = new HashMap<>();
    ((Map<?, ?>) Utils.readDefaultConfig()).forEach((key, value) -> conf.put((String) key, value));
    conf.put(Config.TRANSACTIONAL_ZOOKEEPER_SERVERS, List.of("127.0.0.1"));
    conf.put(Config.TRANSACTIONAL_ZOOKEEPER_PORT, call(connections, "getLocalPort"));
    return conf;
  }

  /** How many transactions, and sessions, it has seen. */
  long changes() throws ReflectiveOperationException {
    return (Long) call(call(server, "getZKDatabase"), "getDataTreeLastProcessedZxid");
  }

  @Override
  public void close() throws ReflectiveOperationException {
    call(connections, "shutdown");
  }

  private static Class<?> type(final String name) throws ReflectiveOperationException {
    final String curator =
        TransactionalState.class.getDeclaredField("_curator").getType().getName();
    final String shade = curator.substring(0, curator.indexOf("curator."));
    return Class.forName(shade + "zookeeper.server." + name);
  }

  private static Object call(final Object object, final String name, final Object... arguments)
      throws ReflectiveOperationException {
    for (final var method : object.getClass().getMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
        return method.invoke(object, arguments);
      }
    }
    throw new NoSuchMethodException(name);
  }
}
