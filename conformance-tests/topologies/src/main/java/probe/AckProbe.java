package probe;

import backtype.storm.Config;
import backtype.storm.topology.TopologyBuilder;

/** Which messages are acked and which fail, and how their spout hears of it. */
final class AckProbe implements Probe {
  private final String name;
  private final int ackers;
  private final int timeoutSecs;
  private final boolean timeouts;

  AckProbe(String name, int ackers, int timeoutSecs, boolean timeouts) {
    this.name = name;
    this.ackers = ackers;
    this.timeoutSecs = timeoutSecs;
    this.timeouts = timeouts;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int workers() {
    return 1;
  }

  @Override
  public void run(Session session) throws Exception {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("spout", new AckSpout());
    builder
        .setBolt("first", new AckBolt())
        .shuffleGrouping("spout")
        .directGrouping("spout", "direct");
    builder.setBolt("second", new AckBolt()).shuffleGrouping("first");
    builder.setBolt("each", new AckBolt(), 3).allGrouping("spout", "all");
    builder.setBolt("basic", new AckBasicBolt()).shuffleGrouping("spout", "basic");
    builder.setBolt("basic-child", new AckBasicBolt()).shuffleGrouping("basic");
    Config conf = session.newConf();
    conf.setNumAckers(ackers);
    conf.setMessageTimeoutSecs(timeoutSecs);
    conf.put(Config.TOPOLOGY_ENABLE_MESSAGE_TIMEOUTS, timeouts);
    conf.put(AckSpout.SETTLED_MS, timeouts && ackers > 0 ? 3000 * timeoutSecs : 8000);
    session.submit(conf, builder.createTopology());
    session.await("settled", 1);
  }
}
