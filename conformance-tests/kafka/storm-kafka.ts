import {
  type Gearstorm,
  jars,
  type KafkaBroker,
  type KafkaTopics,
  waitFor,
} from '../harness/index.ts';
import { type CopyVerdict, judgeCopy } from './copy-judge.ts';

const main = 'acme.kafka.CopyTopology';
const partitions = 4;
const copyMs = 150_000;

export interface StormKafkaOptions {
  readonly name: string;
  readonly broker: KafkaBroker;
  readonly topics: KafkaTopics;
  readonly gearstorm: Gearstorm;
  /** Of messages; 5 when left out. */
  readonly timeoutSecs?: number;
}

/** A topology on storm-kafka that copies one topic to another, and what was produced for it. */
export class StormKafkaCopy {
  readonly name: string;
  readonly #options: StormKafkaOptions;
  readonly #from: string;
  readonly #to: string;
  readonly #produced: string[] = [];

  constructor(options: StormKafkaOptions) {
    this.#options = options;
    this.name = options.name;
    this.#from = `${options.name}-in`;
    this.#to = `${options.name}-out`;
  }

  async start(): Promise<void> {
    const { name, broker, topics, gearstorm, timeoutSecs = 5 } = this.#options;
    await topics.create(this.#from, partitions);
    await topics.create(this.#to, partitions);
    const words = [name, broker.address, String(partitions), this.#from, this.#to];
    words.push(String(timeoutSecs));
    const { zooKeeperPort } = broker;
    const zooKeeper = zooKeeperPort === null ? [] : [`127.0.0.1:${zooKeeperPort}`];
    await gearstorm.submit(jars.kafka, main, ...words, ...zooKeeper);
  }

  async produce(count: number): Promise<void> {
    const begin = this.#produced.length;
    const ids = Array.from({ length: count }, (_, index) => `${this.#from}-${begin + index}`);
    await this.#options.topics.produce(this.#from, ids);
    this.#produced.push(...ids);
  }

  /** Waits until so many messages, repetitions too, are where they go to. */
  async delivered(count: number): Promise<void> {
    const { topics } = this.#options;
    await waitFor(`${count} messages in ${this.#to}`, copyMs, async () => {
      return (await topics.size(this.#to)) >= count;
    });
  }

  /** Waits until every message is there, and says what else is. */
  async verdict(duplicatesMax: number, patienceMs = copyMs): Promise<CopyVerdict> {
    let sizeSeen = -1;
    return waitFor(`all messages in ${this.#to}`, patienceMs, async () => {
      const size = await this.#options.topics.size(this.#to);
      if (size === sizeSeen || size < this.#produced.length) return null;
      sizeSeen = size;
      const delivered = await this.#options.topics.read(this.#to);
      const verdict = judgeCopy(this.#produced, delivered, duplicatesMax);
      return verdict.missing === 0 && verdict;
    });
  }
}
