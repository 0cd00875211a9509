package gearstorm.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.server.SyncRequestProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // clients may be interrupted while they close
class LocalServerTest {
  @TempDir Path folder;

  @Test
  void whatWasWrittenIsThereAfterARestart() throws Exception {
    byte[] data = "txid 7".getBytes(UTF_8);
    LocalServer first = start();
    try (ZooKeeper client = connect(first)) {
      client.create("/state", data, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    } finally {
      first.stop();
    }
    LocalServer second = start();
    try (ZooKeeper client = connect(second)) {
      assertArrayEquals(data, client.getData("/state", false, null));
      assertEquals(List.of("state", "zookeeper"), sorted(client.getChildren("/", false)));
    } finally {
      second.stop();
    }
  }

  @Test
  void changesOfManyClientsComeOneAfterTheOther() throws Exception {
    LocalServer server = start();
    List<ZooKeeper> clients = new ArrayList<>();
    try {
      for (int each = 0; each < 6; each++) clients.add(connect(server));
      clients.get(0).create("/log", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      List<Thread> writers = new ArrayList<>();
      for (ZooKeeper client : clients) writers.add(new Thread(() -> append(client, 50)));
      for (Thread writer : writers) writer.start();
      for (Thread writer : writers) writer.join();
      List<String> names = sorted(clients.get(0).getChildren("/log", false));
      assertEquals(300, names.size());
      assertEquals("0000000299", names.get(299));
    } finally {
      for (ZooKeeper client : clients) client.close();
      server.stop();
    }
  }

  private static void append(ZooKeeper client, int times) {
    try {
      for (int time = 0; time < times; time++) {
        client.create("/log/", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
      }
    } catch (KeeperException | InterruptedException problem) {
      throw new IllegalStateException(problem);
    }
  }

  @Test
  void answersThatTheClientDoesNotTakeYetComeWholeAndInOrder() throws Exception {
    byte[] large = new byte[600_000];
    LocalServer server = start();
    try (ZooKeeper client = connect(server)) {
      client.create("/large", large, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      client.create("/small", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      List<Integer> sizes = new ArrayList<>();
      CountDownLatch all = new CountDownLatch(40);
      for (int each = 0; each < 40; each++) {
        String path = each % 2 == 0 ? "/large" : "/small";
        client.getData(
            path,
            false,
            (code, name, context, data, stat) -> {
              sizes.add(data == null ? 0 : data.length);
              all.countDown();
            },
            null);
      }
      assertTrue(all.await(60, TimeUnit.SECONDS));
      for (int each = 0; each < 40; each++) {
        assertEquals(each % 2 == 0 ? large.length : 0, sizes.get(each), "answer " + each);
      }
    } finally {
      server.stop();
    }
  }

  @Test
  void snapshotsAreMadeWhileChangesComeAndARestartFindsAll() throws Exception {
    int usual = SyncRequestProcessor.getSnapCount();
    SyncRequestProcessor.setSnapCount(20);
    try {
      LocalServer first = start();
      try (ZooKeeper client = connect(first)) {
        // Not one after the other: what the log's thread still has must not be overtaken.
        List<Integer> codes = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(400);
        for (int each = 0; each < 200; each++) {
          String path = "/n" + each;
          client.create(
              path,
              null,
              Ids.OPEN_ACL_UNSAFE,
              CreateMode.PERSISTENT,
              (code, name, context, created) -> {
                codes.add(code);
                all.countDown();
              },
              null);
          client.exists(
              path,
              false,
              (code, name, context, stat) -> {
                codes.add(code);
                all.countDown();
              },
              null);
        }
        assertTrue(all.await(60, TimeUnit.SECONDS));
        assertEquals(Set.of(0), Set.copyOf(codes));
      } finally {
        first.stop();
      }
      assertTrue(snapshots() > 1);
      LocalServer second = start();
      try (ZooKeeper client = connect(second)) {
        assertEquals(201, client.getChildren("/", false).size());
      } finally {
        second.stop();
      }
    } finally {
      SyncRequestProcessor.setSnapCount(usual);
    }
  }

  private long snapshots() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("version-2"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("snapshot.")).count();
    }
  }

  @Test
  void whatBelongsToASessionGoesWithIt() throws Exception {
    LocalServer server = start();
    try (ZooKeeper witness = connect(server)) {
      try (ZooKeeper client = connect(server)) {
        client.create("/mine", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        assertNotNull(witness.exists("/mine", false));
      }
      assertNull(witness.exists("/mine", false));
    } finally {
      server.stop();
    }
  }

  @Test
  void countsWhoIsConnected() throws Exception {
    LocalServer server = start();
    try {
      assertEquals(0, server.connections());
      try (ZooKeeper client = connect(server)) {
        assertTrue(client.getState().isConnected());
        assertEquals(1, server.connections());
      }
    } finally {
      server.stop();
    }
  }

  @Test
  void answersNoFourLetterWordsButTheOneThatSaysItServes() throws Exception {
    LocalServer server = start();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write("dump".getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertTrue(answer.contains("not executed because it is not in the whitelist"), answer);
    } finally {
      server.stop();
    }
  }

  @Test
  void isIdleOnlyAfterTheWholeTimeWithoutConnections() {
    IdleTime idle = new IdleTime(10, 100);
    assertFalse(idle.isOver(0, 109));
    assertFalse(idle.isOver(1, 111));
    assertFalse(idle.isOver(0, 120));
    assertTrue(idle.isOver(0, 121));
  }

  private LocalServer start() throws Exception {
    return LocalServer.start(folder, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static ZooKeeper connect(LocalServer server) throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper client =
        new ZooKeeper(
            "127.0.0.1:" + server.port(),
            20_000,
            event -> {
              if (event.getState() == KeeperState.SyncConnected) connected.countDown();
            });
    connected.await();
    return client;
  }

  private static List<String> sorted(List<String> names) {
    return names.stream().sorted().toList();
  }
}
