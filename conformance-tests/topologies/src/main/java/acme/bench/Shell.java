package acme.bench;

import backtype.storm.topology.TopologyBuilder;

/**
 * A spout before a bolt, each a subprocess: NAME FILE TUPLES-PER-SECOND PROGRAM SPOUT BOLT. The
 * program runs the two files of the jar's resources; 0 is for as many tuples as possible.
 */
public final class Shell {
  private Shell() {}

  public static void main(String[] args) throws Exception {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("source", new ShellSource(args[3], args[4], args[1], args[2]), 1);
    builder.setBolt("pass", new ShellPass(args[3], args[5]), 1).shuffleGrouping("source");
    new Rates(args[1], true).submit(args[0], builder.createTopology());
  }
}
