package probe;

import backtype.storm.Config;
import backtype.storm.topology.TopologyBuilder;
import java.util.Collections;

/** What ticks, hooks and metrics consumers get to see. */
final class ObserverProbe implements Probe {
  @Override
  public String name() {
    return "observer";
  }

  @Override
  public int workers() {
    return 1;
  }

  @Override
  public void run(Session session) throws Exception {
    TopologyBuilder builder = new TopologyBuilder();
    builder
        .setSpout("spout", new ObserverSpout())
        .addConfiguration(Config.TOPOLOGY_TICK_TUPLE_FREQ_SECS, 1);
    builder
        .setBolt("bolt", new ObserverBolt(), 1)
        .setNumTasks(2)
        .allGrouping("spout")
        .addConfiguration(Config.TOPOLOGY_TICK_TUPLE_FREQ_SECS, 1);
    Config conf = session.newConf();
    conf.registerMetricsConsumer(ObserverConsumer.class, "argument", 1);
    conf.put(
        Config.TOPOLOGY_AUTO_TASK_HOOKS, Collections.singletonList(NotingHook.class.getName()));
    conf.put(Config.TOPOLOGY_BUILTIN_METRICS_BUCKET_SIZE_SECS, 1);
    conf.put(Config.TOPOLOGY_STATS_SAMPLE_RATE, 1.0);
    session.submit(conf, builder.createTopology());
    session.await("settled", 1);
  }
}
