package acme.bench;

import backtype.storm.spout.ShellSpout;
import backtype.storm.task.ShellBolt;
import backtype.storm.topology.IRichBolt;
import backtype.storm.topology.IRichSpout;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;
import java.util.Map;

/**
 * The chain of {@link Sol}, acked, with subprocesses for components: the same words. Its jar holds
 * their program among its resources.
 */
public final class ShellSol {
  private ShellSol() {}

  public static void main(String[] args) throws Exception {
    int bolts = Integer.parseInt(args[3]);
    int levels = Integer.parseInt(args[4]);
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("level1", new Source(), Integer.parseInt(args[2]));
    for (int level = 2; level <= levels; level++) {
      String part = level < levels ? "pass" : "end";
      builder
          .setBolt("level" + level, new Link(part), bolts)
          .shuffleGrouping("level" + (level - 1));
    }
    new Rates(args[1], true)
        .workers(Integer.parseInt(args[6]))
        .pendingMax(Integer.parseInt(args[7]))
        .submit(args[0], builder.createTopology());
  }

  /** The spout. */
  private static final class Source extends ShellSpout implements IRichSpout {
    private static final long serialVersionUID = 1;

    Source() {
      super("node", "sol.js", "spout");
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {
      declarer.declare(new Fields("message"));
    }

    @Override
    public Map<String, Object> getComponentConfiguration() {
      return null;
    }
  }

  /** One of the bolts. */
  private static final class Link extends ShellBolt implements IRichBolt {
    private static final long serialVersionUID = 1;

    Link(String part) {
      super("node", "sol.js", part);
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {
      declarer.declare(new Fields("message"));
    }

    @Override
    public Map<String, Object> getComponentConfiguration() {
      return null;
    }
  }
}
