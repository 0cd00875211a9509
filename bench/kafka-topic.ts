import kafkajs from 'kafkajs';
import type { KafkaBroker } from '../conformance-tests/harness/index.ts';

const { Kafka, logLevel } = kafkajs;
const batch = 2_000;

/** What a topic is filled with: equal messages, partition by partition in turns. */
export interface TopicLoad {
  readonly topic: string;
  readonly partitions: number;
  readonly messages: number;
  /** Of each value. */
  readonly bytes: number;
}

/** Makes a topic and fills it. */
export async function fillTopic(
  broker: KafkaBroker,
  { topic, partitions, messages, bytes }: TopicLoad,
): Promise<void> {
  const client = clientOf(broker);
  const admin = client.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: partitions }] });
  await admin.disconnect();
  const producer = client.producer();
  await producer.connect();
  const value = Buffer.alloc(bytes, 'a');
  for (let made = 0; made < messages; made += batch) {
    const next = Array.from({ length: batch }, (_, index) => ({
      partition: index % partitions,
      value,
    }));
    await producer.send({ topic, messages: next });
  }
  await producer.disconnect();
}

export function clientOf(broker: KafkaBroker) {
  return new Kafka({ brokers: [broker.address], logLevel: logLevel.NOTHING });
}
