import { join } from 'node:path';
import { type Gearstorm, type KafkaTopics, projectRoot, waitFor } from '../harness/index.ts';
import { type CopyVerdict, judgeCopy } from './copy-judge.ts';

const program = join(projectRoot, 'conformance-tests/native/kafka-copy.ts');
const copyMs = 120_000;
const partitions = 4;
/** Of each partition: what the spout may have emitted and not committed. */
const uncommittedMax = 1_000;

/**
 * What one death may repeat: of the spout, what it had not committed; of a bolt or the broker, what
 * was in flight, which is half as much, twice when it takes longer than a tuple's timeout.
 */
export const repeatedPerDeath = partitions * uncommittedMax;

export interface CopyOptions {
  readonly name: string;
  /** Words of the program. */
  readonly words?: readonly string[];
  readonly broker: string;
  readonly topics: KafkaTopics;
  readonly gearstorm: Gearstorm;
}

/** A running topology that copies one topic to another, and what was produced for it. */
export class KafkaCopy {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly #options: CopyOptions;
  readonly #produced: string[] = [];

  constructor(options: CopyOptions) {
    this.#options = options;
    this.name = options.name;
    this.from = `${options.name}-in`;
    this.to = `${options.name}-out`;
  }

  async createTopics(): Promise<void> {
    await this.#options.topics.create(this.from, partitions);
    await this.#options.topics.create(this.to, partitions);
  }

  async submit(): Promise<void> {
    const { gearstorm, broker, words = [] } = this.#options;
    const all = ['submit', program, '--name', this.name, broker, this.from, this.to];
    all.push(`uncommitted=${uncommittedMax}`, ...words);
    await gearstorm.command(...all);
  }

  async produce(count: number): Promise<void> {
    const begin = this.#produced.length;
    const ids = Array.from({ length: count }, (_, index) => `${this.name}-${begin + index}`);
    await this.#options.topics.produce(this.from, ids);
    this.#produced.push(...ids);
  }

  /** Waits until so many messages, repetitions too, are where they go to. */
  async delivered(count: number): Promise<void> {
    const { topics } = this.#options;
    await waitFor(`${count} messages in ${this.to}`, copyMs, async () => {
      return (await topics.size(this.to)) >= count;
    });
  }

  /** Waits until the group has committed the end of everything. */
  async committed(patienceMs = copyMs): Promise<void> {
    const { topics } = this.#options;
    await waitFor(`the group of ${this.name} to be at the end`, patienceMs, async () => {
      const ends = await topics.ends(this.from);
      const committed = await topics.committed(`copy-${this.to}`, this.from);
      return ends.every(({ partition, high }) => (committed.get(partition) ?? -1) >= Number(high));
    });
  }

  async verdict(duplicatesMax: number): Promise<CopyVerdict> {
    const delivered = await this.#options.topics.read(this.to);
    return judgeCopy(this.#produced, delivered, duplicatesMax);
  }
}
