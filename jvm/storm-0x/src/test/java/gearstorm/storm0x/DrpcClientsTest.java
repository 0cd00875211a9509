package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backtype.storm.drpc.DRPCSpout;
import backtype.storm.drpc.ReturnResults;
import backtype.storm.topology.TopologyBuilder;
import gearstorm.host.json.JsonText;
import gearstorm.host.spi.DrpcPort;
import gearstorm.host.spi.DrpcRequest;
import gearstorm.host.spi.ExecutorScope;
import gearstorm.host.spi.StreamInfo;
import gearstorm.host.spi.TopologyBridge;
import gearstorm.host.spi.WorkerEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: Storm's own DRPC components, as they are, with requests that come without Thrift. */
final class DrpcClientsTest {
  private static final StreamInfo REQUESTS =
      new StreamInfo("requests", "default", 0, List.of("args", "return-info"));

  @TempDir Path directory;
  private ServerSocket server;
  private final CountDownLatch spokenTo = new CountDownLatch(1);
  private final Requests drpc = new Requests();

  /** Takes connections, notes that somebody spoke, and hangs up. */
  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    final Thread accepting = new Thread(this::acceptAll);
    accepting.setDaemon(true);
    accepting.start();
  }

  private void acceptAll() {
    while (true) {
      try {
        final Socket socket = server.accept();
        final Thread reading = new Thread(() -> read(socket));
        reading.setDaemon(true);
        reading.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void read(final Socket socket) {
    try (socket) {
      if (socket.getInputStream().read() >= 0) {
        spokenTo.countDown();
      }
    } catch (IOException broken) {
      // nobody spoke
    }
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  /** Requests that lie ready, and what became of them. */
  private static final class Requests implements DrpcPort {
    final Queue<DrpcRequest> ready = new ArrayDeque<>();
    final List<String> calls = new ArrayList<>();
    int port;
    int longest = 1_000;

    @Override
    public boolean leadsTo(final String host, final int otherPort) {
      return host.equals("127.0.0.1") && otherPort == port;
    }

    @Override
    public boolean refuses(final String function) {
      return !function.equals("f");
    }

    @Override
    public DrpcRequest take(final String function, final long waitNs, final boolean ahead) {
      calls.add("take " + waitNs / 1_000_000 + " ms " + ahead);
      return ready.poll();
    }

    @Override
    public boolean result(final String id, final String result) {
      calls.add("result " + id + " " + result);
      return result.length() <= longest;
    }

    @Override
    public boolean fail(final String id) {
      calls.add("fail " + id);
      return true;
    }
  }

  private TopologyBridge open(final String function, final Map<String, Object> more)
      throws Exception {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("requests", new DRPCSpout(function), 1);
    builder.setBolt("answers", new ReturnResults(), 1).shuffleGrouping("requests");
    final Path file = Topologies.write(builder.createTopology(), directory);
    final Map<String, Object> conf = new HashMap<>(defaults());
    conf.put("drpc.servers", List.of("127.0.0.1"));
    conf.put("drpc.invocations.port", server.getLocalPort());
    conf.putAll(more);
    final String text = JsonText.write(conf);
    return new Storm0xTopology(
        environment(file, text), StormTopologies.read(file), StormTopologies.read(file), null);
  }

  /** Storm's own, of the release under test. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> defaults() {
    return backtype.storm.utils.Utils.readDefaultConfig();
  }

  private WorkerEnvironment environment(final Path file, final String conf) {
    return new WorkerEnvironment(
        DrpcClientsTest.class.getClassLoader(),
        "test-1-1400000000",
        "test",
        file,
        file,
        conf,
        directory.resolve("resources"),
        directory.resolve("pids"),
        directory.resolve("worker.log"),
        6700,
        Map.of(-1, "__system", 2, "requests", 3, "answers"),
        Map.of("requests", List.of(REQUESTS), "answers", List.of(), "__system", List.of()),
        Map.of("requests", conf, "answers", conf),
        Set.of(),
        Map.of("requests", Set.of(), "answers", Set.of()),
        List.of(2, 3),
        drpc);
  }

  private StormSpoutTask spout(final TopologyBridge topology, final RecordedEmits emits)
      throws Exception {
    final StormSpoutTask task =
        (StormSpoutTask) topology.newSpout("requests", 2, new ExecutorScope(2, 2));
    task.open(emits);
    return task;
  }

  /** Until the spout has emitted: that of 0.10 connects on a thread of its own. */
  private static void untilEmitted(final StormSpoutTask spout, final RecordedEmits emits)
      throws Exception {
    while (emits.calls.isEmpty()) {
      spout.nextTuple();
    }
  }

  private String returnInfo(final String id) {
    return JsonText.write(Map.of("host", "127.0.0.1", "port", server.getLocalPort(), "id", id));
  }

  private void answer(final TopologyBridge topology, final String result) throws Exception {
    final StormBoltTask bolt =
        (StormBoltTask) topology.newBolt("answers", 3, new ExecutorScope(3, 3));
    final RecordedEmits emits = new RecordedEmits();
    bolt.prepare(emits);
    bolt.execute(
        topology
            .tupleFactory(2, REQUESTS)
            .newTuple(List.of(result, returnInfo("id-1")), 2, 4, 99, 5));
  }

  // clause: drpc-request
  @Test
  void theSpoutEmitsWhatComesToItsServerWithTheServersAddress() throws Exception {
    drpc.port = server.getLocalPort();
    final RecordedEmits emits = new RecordedEmits();
    final StormSpoutTask spout = spout(open("f", Map.of()), emits);
    drpc.ready.add(new DrpcRequest("id-1", "hello"));
    untilEmitted(spout, emits);
    final String emitted = emits.calls.get(0);
    assertTrue(emitted.startsWith("emit default [hello, {"), emitted);
    final String info = emitted.substring(emitted.indexOf('{'), emitted.indexOf('}') + 1);
    assertEquals(JsonText.object(returnInfo("id-1")), JsonText.object(info));
    spout.close();
  }

  @Test
  void theSpoutWaitsLongOnlyWhileNoneOfItsTuplesIsUnderWay() throws Exception {
    drpc.port = server.getLocalPort();
    final RecordedEmits emits = new RecordedEmits();
    final StormSpoutTask spout = spout(open("f", Map.of()), emits);
    drpc.ready.add(new DrpcRequest("id-1", "hello"));
    untilEmitted(spout, emits);
    drpc.calls.clear();
    spout.nextTuple();
    spout.fail(messageId(), -1);
    spout.nextTuple();
    assertEquals(List.of("take 5 ms true", "fail id-1", "take 1000 ms true"), drpc.calls);
    spout.close();
  }

  /** What the spout emitted the request under: Storm's own class, which only its spout reads. */
  private static Object messageId() throws ReflectiveOperationException {
    final var constructor =
        Class.forName("backtype.storm.drpc.DRPCSpout$DRPCMessageId")
            .getDeclaredConstructor(String.class, int.class);
    constructor.setAccessible(true);
    return constructor.newInstance("id-1", 0);
  }

  @Test
  void nothingIsFetchedAheadForASpoutThatMayHaveToWaitForAcks() throws Exception {
    drpc.port = server.getLocalPort();
    final RecordedEmits emits = new RecordedEmits();
    final StormSpoutTask spout = spout(open("f", Map.of("topology.max.spout.pending", 1)), emits);
    drpc.ready.add(new DrpcRequest("id-1", "hello"));
    untilEmitted(spout, emits);
    assertTrue(drpc.calls.stream().allMatch("take 1000 ms false"::equals), drpc.calls.toString());
    spout.close();
  }

  @Test
  void resultsGoTheSameWayAndThoseThatAreTooLongGoToTheServer() throws Exception {
    drpc.port = server.getLocalPort();
    final TopologyBridge topology = open("f", Map.of());
    answer(topology, "short");
    assertEquals(List.of("result id-1 short"), drpc.calls);
    drpc.longest = 0;
    answer(topology, "long");
    spokenTo.await();
  }

  // clause: drpc-servers
  @Test
  void anotherServerIsSpokenToAsEver() throws Exception {
    drpc.port = 1;
    answer(open("f", Map.of()), "result");
    spokenTo.await();
    assertEquals(List.of(), drpc.calls);
  }

  @Test
  void aFunctionThatIsRefusedIsFetchedFromTheServer() throws Exception {
    drpc.port = server.getLocalPort();
    final StormSpoutTask spout = spout(open("refused", Map.of()), new RecordedEmits());
    while (spokenTo.getCount() > 0) {
      spout.nextTuple();
    }
    assertEquals(List.of(), drpc.calls);
    spout.close();
  }

  @Test
  void aTopologyCanHaveItSwitchedOff() throws Exception {
    drpc.port = server.getLocalPort();
    answer(open("f", Map.of("gearstorm.drpc.direct", false)), "result");
    spokenTo.await();
    assertEquals(List.of(), drpc.calls);
  }
}
