package acme.bench;

import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;

/**
 * Fan-out and fan-in: every message goes through two bolts, and what both hand on meets by its
 * content in a third: NAME FILE EXECUTORS-PER-COMPONENT.
 */
public final class Diamond {
  private Diamond() {}

  public static void main(String[] args) throws Exception {
    int executors = Integer.parseInt(args[2]);
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("source", new BusySpout(Messages.ofHundredBytes(), true), executors);
    builder.setBolt("left", new PassBolt(), executors).shuffleGrouping("source");
    builder.setBolt("right", new PassBolt(), executors).shuffleGrouping("source");
    builder
        .setBolt("end", new EndBolt(false), executors)
        .fieldsGrouping("left", new Fields("message"))
        .fieldsGrouping("right", new Fields("message"));
    new Rates(args[1], true).submit(args[0], builder.createTopology());
  }
}
