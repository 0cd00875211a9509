package gearstorm.zookeeper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * What programs keep in a ZooKeeper, each in a folder below a root of its kind, as Storm's classes
 * do: {@code list ADDRESS} prints a line {@code PATH NODES BYTES LAST_CHANGE_MS} for each, with
 * tabs between; {@code clear ADDRESS PATH...} removes them.
 */
public final class States {
  private static final int SESSION_MS = 30_000;
  private static final String OWN = "zookeeper";

  private final ZooKeeper zooKeeper;

  private States(ZooKeeper zooKeeper) {
    this.zooKeeper = zooKeeper;
  }

  @SuppressWarnings("try") // an interrupt ends the program, whatever is being closed
  public static void main(String[] args) throws Exception {
    try (ZooKeeper zooKeeper = connect(args[1])) {
      States states = new States(zooKeeper);
      if (args[0].equals("list")) {
        for (String path : states.paths()) System.out.println(states.line(path));
      } else {
        for (String path : List.of(args).subList(2, args.length)) states.clear(path);
      }
    } catch (IOException problem) {
      System.err.println(problem.getMessage());
      System.exit(1);
    }
  }

  private static ZooKeeper connect(String address) throws IOException, InterruptedException {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper zooKeeper =
        new ZooKeeper(
            address,
            SESSION_MS,
            event -> {
              if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    if (!connected.await(SESSION_MS, TimeUnit.MILLISECONDS)) {
      zooKeeper.close();
      throw new IOException("no ZooKeeper answers at " + address);
    }
    return zooKeeper;
  }

  private List<String> paths() throws KeeperException, InterruptedException {
    List<String> paths = new ArrayList<>();
    for (String root : children("/")) {
      if (root.equals(OWN)) continue;
      for (String name : children("/" + root)) paths.add("/" + root + "/" + name);
    }
    return paths;
  }

  private List<String> children(String path) throws KeeperException, InterruptedException {
    return zooKeeper.getChildren(path, false).stream().sorted().toList();
  }

  private String line(String path) throws KeeperException, InterruptedException {
    Totals totals = new Totals();
    add(path, totals);
    return path + "\t" + totals.nodes + "\t" + totals.bytes + "\t" + totals.lastChangeMs;
  }

  /** What a running topology removes meanwhile does not count. */
  private void add(String path, Totals totals) throws KeeperException, InterruptedException {
    try {
      Stat stat = new Stat();
      List<String> names = zooKeeper.getChildren(path, false, stat);
      totals.nodes++;
      totals.bytes += stat.getDataLength();
      totals.lastChangeMs = Math.max(totals.lastChangeMs, stat.getMtime());
      for (String name : names) add(path + "/" + name, totals);
    } catch (KeeperException.NoNodeException gone) {
      return;
    }
  }

  private static final class Totals {
    private long nodes;
    private long bytes;
    private long lastChangeMs;
  }

  /** What is gone already is no mistake. */
  private void clear(String path) throws KeeperException, InterruptedException {
    try {
      ZKUtil.deleteRecursive(zooKeeper, path);
    } catch (KeeperException.NoNodeException gone) {
      System.err.println(path + ": there is no such state");
    }
  }
}
