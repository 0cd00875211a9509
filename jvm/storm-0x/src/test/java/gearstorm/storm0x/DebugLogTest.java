package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import backtype.storm.topology.TopologyBuilder;
import gearstorm.host.spi.ExecutorScope;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.TopologyBridge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: what topology.debug shows. The loggers are Storm's own, so their lines are not caught. */
final class DebugLogTest {
  @TempDir Path directory;

  // clause: debug-log
  @Test
  void tuplesAreLoggedInTheWordsOfTheGeneration() throws Exception {
    final HostTuple tuple =
        open(true).tupleFactory(4, Topologies.WORDS).newTuple(List.of("storm", 1), 2, 4, 99, 5);
    final LeanTuple input = (LeanTuple) tuple;
    final List<String> nine = linesOf(false, input);
    assertEquals(
        List.of(
            "Emitting: lengths default [5]",
            "Emitting direct: 9; lengths side [6]",
            "Processing received message " + input,
            "Acking message id"),
        nine);
    final List<String> ten = linesOf(true, input);
    assertEquals(
        List.of(
            "Emitting: lengths default [5]",
            "Emitting direct: 9; lengths side [6]",
            "Processing received message FOR 2 TUPLE: " + input,
            "Execute done TUPLE " + input + " TASK: 2 DELTA: 7",
            "BOLT ack TASK: 2 TIME:  TUPLE: " + input,
            "SPOUT Acking message id",
            "SPOUT Failing MSG-ID: id"),
        ten);
  }

  // clause: debug-log
  @Test
  void onlyATopologyThatAsksForItIsLogged() throws Exception {
    assertNotNull(task(true).task().debugLog());
    assertNull(task(false).task().debugLog());
  }

  private static List<String> linesOf(final boolean wordy, final LeanTuple input) {
    final List<String> lines = new ArrayList<>();
    final DebugLog log = new DebugLog("lengths", 2, wordy, lines::add, lines::add);
    log.emitting("default", List.of(5));
    log.emittingDirect(9, "side", List.of(6));
    log.received(input);
    log.executed(input, 7_900_000);
    log.settled("ack", input, -1);
    log.spoutAcked("id");
    log.spoutFailed("id");
    return lines;
  }

  private StormBoltTask task(final boolean debug) throws Exception {
    return (StormBoltTask) open(debug).newBolt("lengths", 2, new ExecutorScope(2, 2));
  }

  private TopologyBridge open(final boolean debug) throws Exception {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new UserCode.Words(), 1);
    builder.setBolt("lengths", new UserCode.Lengths("hello", 1), 2).shuffleGrouping("words");
    final Path file = Topologies.write(builder.createTopology(), directory);
    final String config = Topologies.config("\"my.key\":1,\"topology.debug\":" + debug);
    return new Storm0xTopology(
        Topologies.environment(file, config, config),
        StormTopologies.read(file),
        StormTopologies.read(file),
        null);
  }
}
