package acme.kafka;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.spout.RawMultiScheme;
import backtype.storm.topology.TopologyBuilder;
import storm.kafka.KafkaSpout;
import storm.kafka.SpoutConfig;

/** Reads a topic from its begin and does nothing with it: NAME FILE BROKER PARTITIONS TOPIC. */
public final class ReadTopology {
  private static final int EXECUTORS = 2;
  private static final int PENDING = 1000;

  private ReadTopology() {}

  public static void main(String[] args) throws Exception {
    SpoutConfig source =
        new SpoutConfig(
            Brokers.only(args[2], Integer.parseInt(args[3])), args[4], "/read", args[0]);
    source.scheme = new RawMultiScheme();
    source.forceFromStart = true;
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("messages", new KafkaSpout(source), EXECUTORS);
    builder.setBolt("end", new CountingBolt(args[1]), EXECUTORS).shuffleGrouping("messages");
    Config config = new Config();
    config.setNumWorkers(1);
    config.setMaxSpoutPending(PENDING);
    StormSubmitter.submitTopology(args[0], config, builder.createTopology());
  }
}
