package gearstorm.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatesTest {
  @TempDir Path folder;
  private LocalServer server;
  private ZooKeeper client;

  @BeforeEach
  void start() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    server = LocalServer.start(folder, new InetSocketAddress(loopback, 0));
    CountDownLatch connected = new CountDownLatch(1);
    client = new ZooKeeper("127.0.0.1:" + server.port(), 20_000, event -> connected.countDown());
    connected.await();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.stop();
  }

  @Test
  void everyFolderBelowARootOfOneLevelIsAState() throws Exception {
    create("/transactional/words/coordinator/currtx", "17");
    create("/transactional/words/user/partition_0/16", "{}");
    create("/transactional/user/coordinator/currtx", "1");
    create("/offsets/reader/partition_0", "{}");
    create("/own/thing/below", "of another program");
    assertEquals(
        List.of("/offsets/reader", "/own/thing", "/transactional/user", "/transactional/words"),
        paths());
  }

  @Test
  void aRootOfSeveralLevelsIsNoState() throws Exception {
    create("/two/levels/words/coordinator/currtx", "17");
    create("/two/levels/user/user/partition_0", "");
    create("/two/levels/fresh/anything", "else");
    create("/now/three/levels/reader/partition_7", "{}");
    create("/with/one/user/coordinator/currtx", "1");
    assertEquals(
        List.of(
            "/now/three/levels/reader",
            "/two/levels/fresh",
            "/two/levels/user",
            "/two/levels/words",
            "/with/one/user"),
        paths());
  }

  @Test
  void whatIsClearedIsGoneAndItsNeighboursStay() throws Exception {
    create("/two/levels/words/coordinator/currtx", "17");
    create("/two/levels/counts/coordinator/currtx", "3");
    new States(client).clear("/two/levels/words");
    assertEquals(List.of("/two/levels/counts"), paths());
    new States(client).clear("/two/levels/counts");
    assertEquals(List.of(), paths());
  }

  @Test
  void aLineSumsUpWhatIsInAState() throws Exception {
    create("/transactional/words/coordinator/currtx", "17");
    create("/transactional/words/coordinator/meta/16", "long");
    long changedMs = client.exists("/transactional/words/coordinator/meta/16", false).getMtime();
    assertEquals(List.of("/transactional/words\t5\t6\t" + changedMs), new States(client).lines());
  }

  private List<String> paths() throws Exception {
    return new States(client)
        .lines().stream().map(line -> line.substring(0, line.indexOf('\t'))).toList();
  }

  private void create(String path, String data) throws Exception {
    for (int end = path.indexOf('/', 1); end != -1; end = path.indexOf('/', end + 1)) {
      if (client.exists(path.substring(0, end), false) == null) {
        client.create(path.substring(0, end), null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      }
    }
    client.create(path, data.getBytes(UTF_8), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
  }
}
