package gearstorm.zookeeper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A ZooKeeper for the programs of this machine, which ends itself when nobody has been connected
 * for a while: {@code Main DATA_FOLDER HOST PORT IDLE_SECONDS}. Its exit code is 0 then and after a
 * SIGTERM, 2 when it cannot start and 1 when it broke.
 */
public final class Main {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    if (args.length != 4) {
      System.err.println("usage: DATA_FOLDER HOST PORT IDLE_SECONDS");
      System.exit(2);
    }
    LocalServer server = start(args);
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop"));
    System.exit(serve(server, Duration.ofSeconds(Long.parseLong(args[3]))));
  }

  private static LocalServer start(String[] args) throws InterruptedException {
    try {
      InetAddress host = InetAddress.getByName(args[1]);
      int port = Integer.parseInt(args[2]);
      return LocalServer.start(Path.of(args[0]), new InetSocketAddress(host, port));
    } catch (IOException problem) {
      System.err.println("ZooKeeper does not start: " + problem);
      System.exit(2);
      throw new IllegalStateException(problem);
    }
  }

  /** Returns the exit code once the server is not needed any more. */
  private static int serve(LocalServer server, Duration idleMost) throws InterruptedException {
    IdleTime idle = new IdleTime(idleMost.toNanos(), System.nanoTime());
    while (!idle.isOver(server.connections(), System.nanoTime())) {
      if (!server.isRunning()) return 1;
      Thread.sleep(LOOK_EVERY.toMillis());
    }
    return 0;
  }
}
