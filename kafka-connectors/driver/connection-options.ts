import type { KafkaConfig } from 'kafkajs';

/** How to reach a Kafka cluster. */
export interface KafkaConnection {
  /** Addresses `host:port`, separated by commas or in a list; some of the cluster's brokers. */
  readonly brokers: string | readonly string[];
  /** What brokers call us in their logs and quotas; `gearstorm` when left out. */
  readonly clientId?: string;
  /** As in kafkajs: true, or options of a TLS connection. */
  readonly ssl?: KafkaConfig['ssl'];
  /** As in kafkajs: mechanism, name and password. */
  readonly sasl?: KafkaConfig['sasl'];
}

/** @throws TypeError for something that is no address */
export function brokerList({ brokers }: KafkaConnection): readonly string[] {
  const list = typeof brokers === 'string' ? brokers.split(',') : brokers;
  const addresses = list.map((each) => each.trim()).filter((each) => each !== '');
  const wrong = addresses.find((each) => !/^(\[[^\]]+\]|[^:/\s]+):\d{1,5}$/.test(each));
  if (wrong !== undefined) {
    throw new TypeError(`${wrong} is no address of a Kafka broker: they look like host:9092`);
  }
  if (addresses.length === 0) throw new TypeError('no Kafka broker is named');
  return addresses;
}
