package acme.kafka;

import storm.kafka.Broker;
import storm.kafka.BrokerHosts;
import storm.kafka.StaticHosts;
import storm.kafka.trident.GlobalPartitionInformation;

/** Where partitions are. */
final class Brokers {
  private Brokers() {}

  /** One broker that leads all of them. */
  static BrokerHosts only(String broker, int partitions) {
    GlobalPartitionInformation where = new GlobalPartitionInformation();
    for (int partition = 0; partition < partitions; partition++) {
      where.addPartition(partition, Broker.fromString(broker));
    }
    return new StaticHosts(where);
  }
}
