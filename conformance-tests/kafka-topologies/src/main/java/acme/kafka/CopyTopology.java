package acme.kafka;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.spout.SchemeAsMultiScheme;
import backtype.storm.topology.TopologyBuilder;
import java.util.Arrays;
import java.util.Properties;
import storm.kafka.BrokerHosts;
import storm.kafka.KafkaSpout;
import storm.kafka.SpoutConfig;
import storm.kafka.StringScheme;
import storm.kafka.ZkHosts;
import storm.kafka.bolt.KafkaBolt;
import storm.kafka.bolt.mapper.FieldNameBasedTupleToKafkaMapper;
import storm.kafka.bolt.selector.DefaultTopicSelector;

/**
 * Copies one topic to another: NAME BROKER PARTITIONS FROM TO TIMEOUT_SECS [ZOOKEEPER]. Brokers are found by the
 * ZooKeeper when one is named. Offsets go where storm.zookeeper.* says, or to that ZooKeeper.
 */
public final class CopyTopology {
  private CopyTopology() {}

  public static void main(String[] args) throws Exception {
    String broker = args[1];
    int partitions = Integer.parseInt(args[2]);
    String zooKeeper = args.length > 6 ? args[6] : null;
    TopologyBuilder builder = new TopologyBuilder();
    BrokerHosts hosts =
        zooKeeper == null ? Brokers.only(broker, partitions) : new ZkHosts(zooKeeper);
    builder.setSpout("messages", new KafkaSpout(spoutConfig(args[0], args[3], hosts)), 2);
    builder.setBolt("carry", new CarryBolt(), 2).shuffleGrouping("messages");
    builder.setBolt("out", writer(args[4]), 2).shuffleGrouping("carry");
    StormSubmitter.submitTopology(args[0], config(broker, Integer.parseInt(args[5]), zooKeeper), builder.createTopology());
  }

  private static SpoutConfig spoutConfig(String name, String topic, BrokerHosts hosts) {
    SpoutConfig config = new SpoutConfig(hosts, topic, "/copy", name);
    config.scheme = new SchemeAsMultiScheme(new StringScheme());
    config.stateUpdateIntervalMs = 500;
    config.metricsTimeBucketSizeInSecs = 2;
    // Else it begins at the end of what has no offset yet. Offsets of this submission still count.
    config.forceFromStart = true;
    return config;
  }

  @SuppressWarnings("unchecked") // the mapper does not say of what
  private static KafkaBolt<String, String> writer(String topic) {
    return new KafkaBolt<String, String>()
        .withTopicSelector(new DefaultTopicSelector(topic))
        .withTupleToKafkaMapper(new FieldNameBasedTupleToKafkaMapper<String, String>());
  }

  private static Config config(String broker, int timeoutSecs, String zooKeeper) {
    Properties properties = new Properties();
    properties.put("metadata.broker.list", broker);
    properties.put("request.required.acks", "-1");
    properties.put("serializer.class", "kafka.serializer.StringEncoder");
    Config config = new Config();
    config.put(KafkaBolt.KAFKA_BROKER_PROPERTIES, properties);
    config.setNumWorkers(2);
    config.setMaxSpoutPending(200);
    config.setMessageTimeoutSecs(timeoutSecs);
    if (zooKeeper != null) {
      String[] address = zooKeeper.split(":");
      config.put(Config.STORM_ZOOKEEPER_SERVERS, Arrays.asList(address[0]));
      config.put(Config.STORM_ZOOKEEPER_PORT, Integer.parseInt(address[1]));
    }
    return config;
  }
}
