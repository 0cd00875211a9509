package acme.bench;

import backtype.storm.topology.TopologyBuilder;

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
    ShellSource source = new ShellSource("node", "sol.js", "spout");
    builder.setSpout("level1", source, Integer.parseInt(args[2]));
    for (int level = 2; level <= levels; level++) {
      String part = level < levels ? "pass" : "end";
      builder
          .setBolt("level" + level, new ShellPass("node", "sol.js", part), bolts)
          .shuffleGrouping("level" + (level - 1));
    }
    new Rates(args[1], true)
        .workers(Integer.parseInt(args[6]))
        .pendingMax(Integer.parseInt(args[7]))
        .submit(args[0], builder.createTopology());
  }
}
