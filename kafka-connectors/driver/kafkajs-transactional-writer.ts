import type { Producer } from 'kafkajs';
import { compressionNumbers } from './codecs.ts';
import type { KafkaConnection } from './connection-options.ts';
import { KafkaError } from './errors.ts';
import { kafkaErrorOf } from './foreign-errors.ts';
import type {
  GroupOffsets,
  NewRecord,
  TransactionalWriter,
  WriterOptions,
} from './kafka-driver.ts';
import { connectProducer, messagesOf, PartitionCounts } from './kafkajs-writer.ts';

/** A transactional producer of kafkajs; after an error a new one, which ends what the old one left. */
export class KafkajsTransactionalWriter implements TransactionalWriter {
  readonly #connection: KafkaConnection;
  readonly #name: string;
  readonly #options: WriterOptions;
  readonly #counts: PartitionCounts;
  #producer: Producer | null = null;

  constructor(connection: KafkaConnection, name: string, options: WriterOptions) {
    this.#connection = connection;
    this.#name = name;
    this.#options = options;
    this.#counts = new PartitionCounts(connection);
  }

  partitionCount(topic: string): Promise<number> {
    return this.#counts.of(topic);
  }

  async begin(): Promise<void> {
    await this.#drop();
    const producer = await connectProducer(this.#connection, this.#name);
    try {
      // its first transaction asks for the producer's number, which ends those of its predecessor
      const first = await producer.transaction();
      await first.abort();
      this.#producer = producer;
    } catch (error) {
      await producer.disconnect().catch(() => {});
      throw kafkaErrorOf(`cannot begin transactions as ${this.#name}`, error);
    }
  }

  async commit(records: readonly NewRecord[], sources: readonly GroupOffsets[]): Promise<void> {
    const producer = this.#producer;
    if (producer === null) throw new KafkaError('failed', 'no transaction has begun');
    try {
      const transaction = await producer.transaction();
      const compression = compressionNumbers[this.#options.compression];
      const topicMessages = messagesOf(records);
      if (records.length > 0) {
        await transaction.sendBatch({ acks: -1, compression, topicMessages });
      }
      for (const { group, offsets, metadata } of sources) {
        const topics = offsets.map(({ topic, partition, offset }) => ({
          topic,
          partitions: [{ partition, offset: String(offset), metadata }],
        }));
        await transaction.sendOffsets({ consumerGroupId: group, topics });
      }
      await transaction.commit();
    } catch (error) {
      await this.#drop();
      this.#counts.forget();
      throw kafkaErrorOf(`cannot commit a transaction of ${this.#name}`, error);
    }
  }

  async close(): Promise<void> {
    await this.#drop();
    await this.#counts.close();
  }

  async #drop(): Promise<void> {
    const producer = this.#producer;
    this.#producer = null;
    await producer?.disconnect().catch(() => {});
  }
}
