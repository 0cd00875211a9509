package gearstorm.zookeeper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * What programs keep in a ZooKeeper, each in a folder below a root of its kind, as Storm's classes
 * do. A root may have several levels ({@code transactional.zookeeper.root}), and nothing says where
 * it ends but what Storm's classes keep below the folders: where it cannot be told, a root has one
 * level. {@code list ADDRESS} prints a line {@code PATH NODES BYTES LAST_CHANGE_MS} for each, with
 * tabs between; {@code clear ADDRESS PATH...} removes them.
 */
public final class States {
  private static final int SESSION_MS = 30_000;
  private static final String OWN = "zookeeper";

  /** What transactional topologies and Trident have in a state, and nothing else beside them. */
  private static final Set<String> PARTS = Set.of("coordinator", "user");

  /** How what storm-kafka has in one begins. */
  private static final String PARTITION = "partition_";

  private final ZooKeeper zooKeeper;

  States(ZooKeeper zooKeeper) {
    this.zooKeeper = zooKeeper;
  }

  @SuppressWarnings("try") // an interrupt ends the program, whatever is being closed
  public static void main(String[] args) throws Exception {
    try (ZooKeeper zooKeeper = connect(args[1])) {
      States states = new States(zooKeeper);
      if (args[0].equals("list")) {
        for (String line : states.lines()) System.out.println(line);
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

  /** One for each state, sorted by path. */
  List<String> lines() throws KeeperException, InterruptedException {
    return read("/").stream()
        .flatMap(all -> all.folders.stream())
        .filter(root -> !root.name().equals(OWN))
        .flatMap(root -> root.folders.stream())
        .flatMap(Folder::states)
        .map(Folder::line)
        .toList();
  }

  /** Empty for what a running topology removes meanwhile. */
  private Optional<Folder> read(String path) throws KeeperException, InterruptedException {
    try {
      Stat stat = new Stat();
      List<Folder> folders = new ArrayList<>();
      for (String name : sorted(zooKeeper.getChildren(path, false, stat))) {
        read((path.equals("/") ? "" : path) + "/" + name).ifPresent(folders::add);
      }
      return Optional.of(new Folder(path, stat, folders));
    } catch (KeeperException.NoNodeException gone) {
      return Optional.empty();
    }
  }

  private static List<String> sorted(List<String> names) {
    return names.stream().sorted().toList();
  }

  private record Folder(String path, Stat stat, List<Folder> folders) {
    String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    /** This one, unless states are below it: then it belongs to a root. None that is empty. */
    Stream<Folder> states() {
      if (!isState() && holdsStates()) return folders.stream().flatMap(Folder::states);
      return folders.isEmpty() && stat.getDataLength() == 0 ? Stream.of() : Stream.of(this);
    }

    private boolean holdsStates() {
      return folders.stream().anyMatch(each -> each.isState() || each.holdsStates());
    }

    /** As Storm's classes build one, whose id may be the name of a part. */
    private boolean isState() {
      return (hasParts() && folders.stream().noneMatch(Folder::hasParts)) || hasOffsets();
    }

    private boolean hasParts() {
      return !folders.isEmpty() && folders.stream().allMatch(each -> PARTS.contains(each.name()));
    }

    private boolean hasOffsets() {
      return !folders.isEmpty()
          && folders.stream()
              .allMatch(each -> each.folders.isEmpty() && each.name().startsWith(PARTITION));
    }

    String line() {
      List<Stat> stats = all().map(Folder::stat).toList();
      long bytes = stats.stream().mapToLong(Stat::getDataLength).sum();
      long lastChangeMs = stats.stream().mapToLong(Stat::getMtime).max().orElse(0);
      return path + "\t" + stats.size() + "\t" + bytes + "\t" + lastChangeMs;
    }

    private Stream<Folder> all() {
      return Stream.concat(Stream.of(this), folders.stream().flatMap(Folder::all));
    }
  }

  /** What is gone already is no mistake. */
  void clear(String path) throws KeeperException, InterruptedException {
    try {
      ZKUtil.deleteRecursive(zooKeeper, path);
    } catch (KeeperException.NoNodeException gone) {
      System.err.println(path + ": there is no such state");
    }
  }
}
