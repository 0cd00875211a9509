package acme.strays;

import acme.Submission;
import backtype.storm.topology.TopologyBuilder;

/** A custom grouping that leaves its subscriber: two workers, NAME LEDGER MESSAGES. */
public final class StraysTopology {
  private StraysTopology() {}

  public static void main(String[] args) throws Exception {
    Submission submission = new Submission(args);
    submission.conf.setNumWorkers(2);
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("numbers", new NumberSpout(submission.messages), 1);
    builder.setSpout("heartbeat", new NumberSpout(0), 1);
    builder.setBolt("near", new ReceiverBolt(), 2).customGrouping("numbers", new StrayGrouping());
    builder.setBolt("far", new ReceiverBolt(), 3).shuffleGrouping("heartbeat");
    submission.submit(builder.createTopology());
  }
}
