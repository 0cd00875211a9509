package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import backtype.storm.generated.ShellComponent;
import backtype.storm.spout.ShellSpout;
import backtype.storm.task.ShellBolt;
import backtype.storm.topology.IRichBolt;
import backtype.storm.topology.IRichSpout;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@SuppressWarnings("serial") // nothing here is ever serialized
final class ShellCommandsTest {
  private static class Splitter extends ShellBolt implements IRichBolt {
    private static final long serialVersionUID = 1L;

    Splitter() {
      super("python", "split.py", "-v");
    }

    @Override
    public void declareOutputFields(final OutputFieldsDeclarer declarer) {
      declarer.declare(new Fields("word"));
    }

    @Override
    public Map<String, Object> getComponentConfiguration() {
      return Map.of();
    }
  }

  private static final class Below extends Splitter {
    private static final long serialVersionUID = 1L;
  }

  private static final class Sentences extends ShellSpout implements IRichSpout {
    private static final long serialVersionUID = 1L;

    Sentences() {
      super("node", "sentences.js");
    }

    @Override
    public void declareOutputFields(final OutputFieldsDeclarer declarer) {}

    @Override
    public Map<String, Object> getComponentConfiguration() {
      return null;
    }
  }

  private static final class Counting extends Splitter {
    private static final long serialVersionUID = 1L;

    private int executed;

    @Override
    public void execute(final Tuple input) {
      executed++;
      super.execute(input);
    }

    @Override
    public String toString() {
      return "executed " + executed;
    }
  }

  private static final class Listening extends Splitter implements Runnable {
    private static final long serialVersionUID = 1L;

    @Override
    public void run() {}
  }

  @Test
  void aSubclassThatOnlyNamesItsSubprocessIsThatCommand() {
    assertEquals(List.of("python", "split.py", "-v"), ShellCommands.of(new Splitter()));
    assertEquals(List.of("python", "split.py", "-v"), ShellCommands.of(new Below()));
    assertEquals(List.of("node", "sentences.js"), ShellCommands.of(new Sentences()));
    final ShellComponent component = new ShellComponent("ruby", "split.rb");
    assertEquals(List.of("ruby", "split.rb"), ShellCommands.of(new ShellBolt(component)));
  }

  @Test
  void whatRunsInAWorkerBesideTheSubprocessKeepsTheComponentInJava() {
    assertNull(ShellCommands.of(new Counting()));
    assertNull(ShellCommands.of(new Listening()));
    assertNull(ShellCommands.of(new UserCode.Words()));
  }
}
