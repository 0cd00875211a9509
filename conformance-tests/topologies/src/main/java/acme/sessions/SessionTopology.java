package acme.sessions;

import acme.Submission;
import backtype.storm.Config;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;

/** Groups the clicks of a user into sessions that end when the user was quiet for two ticks. */
public final class SessionTopology {
  private SessionTopology() {}

  public static void main(String[] args) throws Exception {
    Submission submission = new Submission(args);
    submission.conf.setNumWorkers(2);
    submission.conf.registerSerialization(Click.class, ClickSerializer.class);
    submission.conf.put("shop.region", "everywhere");

    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("clicks", new ClickSpout(submission.messages), 2).setNumTasks(4);
    builder.setSpout("rules", new RuleSpout(), 1);
    builder
        .setBolt("parse", new ParseBolt(), 3)
        .localOrShuffleGrouping("clicks", ClickSpout.CLICKS);
    builder
        .setBolt("sessions", new SessionBolt(), 2)
        .setNumTasks(4)
        .fieldsGrouping("parse", new Fields("user"))
        .allGrouping("rules")
        .noneGrouping("clicks", ClickSpout.NOISE)
        .addConfiguration(Config.TOPOLOGY_TICK_TUPLE_FREQ_SECS, 1)
        .addConfiguration("session.clicks.min", 3)
        .addConfiguration("session.weight", 0.5)
        .addConfiguration("shop.region", "north");
    builder.setBolt("report", new ReportBolt(), 2).globalGrouping("sessions", SessionBolt.DONE);
    submission.submit(builder.createTopology());
  }
}
