package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backtype.storm.topology.TopologyBuilder;
import gearstorm.host.spi.ExecutorScope;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.TopologyBridge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: Storm's task hooks with the fields that Storm gives them. */
final class TaskHooksTest {
  @TempDir Path directory;

  private TopologyBridge open(final String hookClasses) throws Exception {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new UserCode.Words(), 1);
    builder.setBolt("lengths", new UserCode.Lengths("hello", 1), 2).shuffleGrouping("words");
    final Path file = Topologies.write(builder.createTopology(), directory);
    final String config =
        Topologies.config(
            "\"my.key\":1"
                + (hookClasses.isEmpty()
                    ? ""
                    : ",\"topology.auto.task.hooks\":[" + hookClasses + "]"));
    return new Storm0xTopology(
        Topologies.environment(file, config, config),
        StormTopologies.read(file),
        StormTopologies.read(file),
        null);
  }

  private static String recording() {
    return "\"" + RecordingHook.class.getName() + "\"";
  }

  // clause: hook-calls
  @Test
  void aBoltsHooksHearOfEverythingItDoes() throws Exception {
    final TopologyBridge topology = open(recording());
    final StormBoltTask task =
        (StormBoltTask) topology.newBolt("lengths", 2, new ExecutorScope(2, 2));
    final RecordingHook hook = RecordingHook.of(task.task().context());
    assertEquals(List.of("prepare task 2 conf true"), hook.calls, "before the bolt is prepared");
    task.prepare(new RecordedEmits());
    final HostTuple input =
        topology.tupleFactory(4, Topologies.WORDS).newTuple(List.of("storm", 1), 2, 4, 99, 5);
    task.execute(input);
    task.executed(input, 7_900_000);
    task.executed(input, -1);
    task.onEmit("default", List.of(5), List.of(9));
    ((UserCode.Lengths) task.bolt()).collector.fail((LeanTuple) input);
    task.endHooks();
    assertEquals(
        List.of(
            "boltAck [storm, 1] 2 5",
            "boltExecute [storm, 1] 2 7",
            "boltExecute [storm, 1] 2 null",
            "emit [5] default 2 to [9]",
            "boltFail [storm, 1] 2 null",
            "cleanup"),
        hook.calls.subList(1, hook.calls.size()));
  }

  // clause: hook-calls
  @Test
  void aSpoutsHooksHearOfTheEndOfItsTuples() throws Exception {
    final StormSpoutTask task =
        (StormSpoutTask) open(recording()).newSpout("words", 4, new ExecutorScope(4, 4));
    task.ack("id", 3_000_000);
    task.ack("id", -1);
    task.fail("id", -1);
    assertEquals(
        List.of("spoutAck id 4 3", "spoutAck id 4 null", "spoutFail id 4 null"),
        RecordingHook.of(task.task().context()).calls.subList(1, 4));
  }

  @Test
  void everyTaskHasHooksOfItsOwn() throws Exception {
    final TopologyBridge topology = open(recording() + "," + recording());
    final ExecutorScope scope = new ExecutorScope(2, 3);
    final StormBoltTask first = (StormBoltTask) topology.newBolt("lengths", 2, scope);
    final StormBoltTask second = (StormBoltTask) topology.newBolt("lengths", 3, scope);
    assertEquals(2, first.task().context().getHooks().size());
    assertNotSame(
        RecordingHook.of(first.task().context()), RecordingHook.of(second.task().context()));
  }

  // clause: hook-calls
  @Test
  void aHookMayBeAddedByTheComponent() throws Exception {
    final StormBoltTask task =
        (StormBoltTask) open("").newBolt("lengths", 2, new ExecutorScope(2, 2));
    assertFalse(task.listensToEmits());
    task.task().context().addTaskHook(new RecordingHook());
    assertTrue(task.listensToEmits());
  }

  @Test
  void aHookClassThatIsMissingIsNamed() throws Exception {
    final TopologyBridge topology = open("\"no.such.Hook\"");
    final Exception error =
        assertThrows(
            ClassNotFoundException.class,
            () -> topology.newBolt("lengths", 2, new ExecutorScope(2, 2)));
    assertTrue(error.getMessage().contains("no.such.Hook"), error.getMessage());
  }
}
