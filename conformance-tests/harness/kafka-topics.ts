import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Admin, type Consumer, type Producer } from 'kafkajs';
import { waitFor } from './wait-for.ts';

const {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  Kafka,
  logLevel,
  Partitioners: { DefaultPartitioner },
  ResourcePatternTypes,
} = kafkajs;
const batchMax = 500;
const readMs = 300_000;
const createMs = 30_000;
/** For a broker that is started again. */
const patienceMs = 120_000;
const pauseMs = 200;

/** What tests write to and read from a broker, with kafkajs as any user would. */
export class KafkaTopics {
  readonly #kafka: InstanceType<typeof Kafka>;
  readonly #admin: Admin;
  readonly #producer: Producer;
  readonly #followers: Consumer[] = [];
  readonly #partitions = new Map<string, readonly number[]>();
  #reads = 0;

  private constructor(address: string) {
    this.#kafka = new Kafka({
      brokers: [address],
      logLevel: logLevel.NOTHING,
      retry: { retries: 120, initialRetryTime: 200, maxRetryTime: 1_000 },
    });
    this.#admin = this.#kafka.admin();
    this.#producer = this.#kafka.producer({ idempotent: true });
  }

  static async connect(address: string): Promise<KafkaTopics> {
    const topics = new KafkaTopics(address);
    await topics.#admin.connect();
    await topics.#producer.connect();
    return topics;
  }

  get admin(): Admin {
    return this.#admin;
  }

  /** Resolves when the topic can be used. @param config of the topic, over the broker's */
  async create(
    topic: string,
    partitions: number,
    config: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
    // kafkajs' own wait fails while a busy broker does not know of what it has just made
    await this.#admin.createTopics({
      topics: [{ topic, numPartitions: partitions, configEntries }],
      waitForLeaders: false,
    });
    await waitFor(`topic ${topic}`, createMs, async () => {
      const offsets = await this.#admin.fetchTopicOffsets(topic).catch(() => []);
      return offsets.length === partitions;
    });
  }

  /** Nobody may read the topic any more. */
  async forbid(topic: string): Promise<void> {
    await this.#admin.createAcls({
      acl: [
        {
          resourceType: AclResourceTypes.TOPIC,
          resourceName: topic,
          resourcePatternType: ResourcePatternTypes.LITERAL,
          principal: 'User:ANONYMOUS',
          host: '*',
          operation: AclOperationTypes.READ,
          permissionType: AclPermissionTypes.DENY,
        },
      ],
    });
  }

  /**
   * Writes values with themselves as keys, each once, whatever becomes of the broker meanwhile:
   * kafkajs gives up some requests of a broker that dies. One partition at a time, because what is
   * sent again as it was has its old numbers, by which the broker knows it.
   */
  async produce(topic: string, values: readonly string[]): Promise<void> {
    const partitions = await this.#partitionsOf(topic);
    const partitionMetadata = partitions.map((partitionId) => ({ partitionId, leader: 1 }));
    const choose = DefaultPartitioner();
    for (let begin = 0; begin < values.length; begin += batchMax) {
      const messages = values
        .slice(begin, begin + batchMax)
        .map((value) => ({ key: value, value }))
        .map((message) => ({
          ...message,
          partition: choose({ topic, partitionMetadata: partitionMetadata as never, message }),
        }));
      for (const partition of partitions) {
        const own = messages.filter((message) => message.partition === partition);
        if (own.length === 0) continue;
        await patiently(() => this.#producer.send({ topic, messages: own }));
      }
    }
  }

  /** As kafkajs' producer knows them from then on: what it does not know it drops silently. */
  async #partitionsOf(topic: string): Promise<readonly number[]> {
    const known = this.#partitions.get(topic);
    if (known !== undefined) return known;
    const partitions = (await this.ends(topic)).map(({ partition }) => partition);
    this.#partitions.set(topic, partitions);
    return partitions;
  }

  /** Where the partitions of a topic end. */
  ends(topic: string) {
    return patiently(() => this.#admin.fetchTopicOffsets(topic));
  }

  /** How far a group is in a topic, by partition. */
  async committed(groupId: string, topic: string): Promise<ReadonlyMap<number, number>> {
    const found = await patiently(() => this.#admin.fetchOffsets({ groupId, topics: [topic] }));
    const partitions = found.flatMap((each) => each.partitions);
    return new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  }

  /** Messages in a topic, with those that are marks or void. */
  async size(topic: string): Promise<number> {
    return (await this.ends(topic)).reduce((sum, { offset }) => sum + Number(offset), 0);
  }

  /** All values that a reader of committed messages finds in a topic. */
  async read(topic: string): Promise<readonly string[]> {
    const ends = new Map<number, number>();
    for (const { partition, high } of await this.ends(topic)) {
      if (Number(high) > 0) ends.set(partition, Number(high));
    }
    this.#reads += 1;
    const consumer = this.#kafka.consumer({ groupId: `reader-${topic}-${this.#reads}` });
    const values: string[] = [];
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({
        eachBatch: async ({ batch }) => {
          for (const { value } of batch.messages) values.push(String(value));
          const { partition } = batch;
          if (Number(batch.lastOffset()) + 1 >= (ends.get(partition) ?? 0)) ends.delete(partition);
        },
      });
      await waitFor(`the end of ${topic}`, readMs, async () => ends.size === 0);
    } finally {
      await consumer.disconnect();
    }
    return values;
  }

  /** Hands over keys and values of a topic as they come, until everything is closed. */
  async follow(topic: string, take: (key: string, value: string) => void): Promise<void> {
    this.#reads += 1;
    const consumer = this.#kafka.consumer({ groupId: `follower-${topic}-${this.#reads}` });
    this.#followers.push(consumer);
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message: { key, value } }) => take(String(key), String(value)),
    });
  }

  async close(): Promise<void> {
    for (const consumer of this.#followers) await consumer.disconnect();
    await this.#producer.disconnect();
    await this.#admin.disconnect();
  }
}

/** Again and again, while the broker is away. */
async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  const endMs = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isForeign = error instanceof Error && error.name.startsWith('KafkaJS');
      if (!isForeign || performance.now() > endMs) throw error;
      await sleep(pauseMs);
    }
  }
}
