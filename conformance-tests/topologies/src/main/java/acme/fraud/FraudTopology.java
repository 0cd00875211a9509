package acme.fraud;

import acme.Submission;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;

/**
 * Joins orders with their payments, scores the pairs, archives them and raises alerts. Every order
 * reaches the archive exactly once when nothing times out; one in a hundred fails the first time.
 */
public final class FraudTopology {
  private FraudTopology() {}

  public static void main(String[] args) throws Exception {
    Submission submission = new Submission(args);
    submission.conf.setNumWorkers(2);
    submission.conf.setMaxSpoutPending(200);

    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("orders", new FeedSpout(submission.messages), 2);
    builder.setSpout("payments", new FeedSpout(submission.messages), 2);
    builder
        .setBolt("join", new JoinBolt(), 3)
        .fieldsGrouping("orders", new Fields("customer"))
        .fieldsGrouping("payments", new Fields("customer"));
    builder.setBolt("score", new ScoreBolt(), 2).fieldsGrouping("join", new Fields("order"));
    builder.setBolt("alerts", new RecordBolt(), 2).directGrouping("score", ScoreBolt.ALERTS);
    builder.setBolt("archive", new RecordBolt(), 2).shuffleGrouping("score");
    submission.submit(builder.createTopology());
  }
}
