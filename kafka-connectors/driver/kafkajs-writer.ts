import kafkajs, { type Producer, type TopicMessages } from 'kafkajs';
import { compressionNumbers, loadCodecs } from './codecs.ts';
import { brokerList, type KafkaConnection } from './connection-options.ts';
import { KafkaError } from './errors.ts';
import { kafkaErrorOf } from './foreign-errors.ts';
import type { KafkaWriter, NewRecord, WriterOptions } from './kafka-driver.ts';
import { clientIdDefault, quiet } from './kafkajs-options.ts';
import { KafkajsReader } from './kafkajs-reader.ts';

const countAgeMsMax = 30_000;

/** An idempotent producer of kafkajs. */
export class KafkajsWriter implements KafkaWriter {
  readonly #connection: KafkaConnection;
  readonly #options: WriterOptions;
  readonly #counts: PartitionCounts;
  #producer: Promise<Producer> | null = null;

  constructor(connection: KafkaConnection, options: WriterOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#counts = new PartitionCounts(connection);
  }

  partitionCount(topic: string): Promise<number> {
    return this.#counts.of(topic);
  }

  /**
   * A producer that has failed is not used again: the numbers of its records would begin where the
   * failed ones did, and a broker that has those would take ours for them and drop ours.
   */
  async send(records: readonly NewRecord[]): Promise<void> {
    this.#producer ??= connectProducer(this.#connection, null);
    const current = this.#producer;
    try {
      const compression = compressionNumbers[this.#options.compression];
      const producer = await current;
      await producer.sendBatch({ acks: -1, compression, topicMessages: messagesOf(records) });
    } catch (error) {
      if (this.#producer === current) this.#producer = null;
      await current.then((producer) => producer.disconnect()).catch(() => {});
      this.#counts.forget();
      throw kafkaErrorOf(`cannot write to ${topicsOf(records)}`, error);
    }
  }

  async close(): Promise<void> {
    const producer = this.#producer;
    this.#producer = null;
    await producer?.then((each) => each.disconnect()).catch(() => {});
    await this.#counts.close();
  }
}

/** How many partitions topics have, as of a while ago. */
export class PartitionCounts {
  readonly #reader: KafkajsReader;
  readonly #known = new Map<string, { readonly count: number; readonly atMs: number }>();

  constructor(connection: KafkaConnection) {
    this.#reader = new KafkajsReader(connection);
  }

  async of(topic: string): Promise<number> {
    const known = this.#known.get(topic);
    if (known !== undefined && performance.now() - known.atMs < countAgeMsMax) return known.count;
    const [state] = await this.#reader.topicStates([topic]);
    const count = state?.partitions.length ?? 0;
    if (count === 0) throw new KafkaError('refused', state?.problem ?? `there is no ${topic}`);
    this.#known.set(topic, { count, atMs: performance.now() });
    return count;
  }

  forget(): void {
    this.#known.clear();
  }

  close(): Promise<void> {
    return this.#reader.close();
  }
}

/** @param transactionalId null for one without transactions */
export async function connectProducer(
  connection: KafkaConnection,
  transactionalId: string | null,
): Promise<Producer> {
  await loadCodecs();
  const { clientId = clientIdDefault, ssl, sasl } = connection;
  const kafka = new kafkajs.Kafka({
    ...quiet,
    brokers: [...brokerList(connection)],
    clientId,
    ...(ssl === undefined ? {} : { ssl }),
    ...(sasl === undefined ? {} : { sasl }),
  });
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: () => chosenPartition,
    retry: quiet.retry,
    ...(transactionalId === null
      ? { idempotent: true, maxInFlightRequests: 1 }
      : { transactionalId, idempotent: true, maxInFlightRequests: 1 }),
  });
  try {
    await producer.connect();
    return producer;
  } catch (error) {
    await producer.disconnect().catch(() => {});
    throw kafkaErrorOf(`no Kafka broker answers at ${brokerList(connection).join(', ')}`, error);
  }
}

export function messagesOf(records: readonly NewRecord[]): TopicMessages[] {
  const topics = new Map<string, TopicMessages['messages']>();
  for (const { topic, partition, key, value, headers, timestampMs } of records) {
    const message = {
      partition,
      key: asBuffer(key),
      value: asBuffer(value),
      ...(headers.length === 0 ? {} : { headers: headersOf(headers) }),
      ...(timestampMs === null ? {} : { timestamp: String(timestampMs) }),
    };
    const messages = topics.get(topic);
    if (messages === undefined) topics.set(topic, [message]);
    else messages.push(message);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}

function topicsOf(records: readonly NewRecord[]): string {
  return [...new Set(records.map(({ topic }) => topic))].join(', ');
}

function chosenPartition({ message }: { message: { partition?: number } }): number {
  return message.partition ?? 0;
}

/** kafkajs takes a list for a name that comes several times. */
function headersOf(headers: NewRecord['headers']): Record<string, Buffer | Buffer[]> {
  const all: Record<string, Buffer[]> = {};
  for (const { name, value } of headers) {
    const values = all[name] ?? [];
    values.push(asBuffer(value) ?? Buffer.alloc(0));
    all[name] = values;
  }
  return all;
}

function asBuffer(bytes: Uint8Array | null): Buffer | null {
  return bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
