import type { Clock } from '../../runtime/native/index.ts';
import type { BoltTask, Tuple } from '../../storm-api/builder/index.ts';
import type { KafkaReader, TransactionalWriter } from '../driver/kafka-driver.ts';
import type { SourcePosition } from '../spout/message.ts';
import { metadataOf } from '../spout/start-offsets.ts';
import { Batches } from './batches.ts';
import { type KafkaBoltOptions, limitsOf } from './bolt-options.ts';
import {
  jobOf,
  type PlacedJob,
  placeAll,
  type TupleOutcome,
  tellOf,
  type WriteJob,
} from './kafka-bolt-task.ts';
import { Lanes, type SourcedJob } from './lanes.ts';
import { Placement } from './outgoing.ts';

type ExactlyOnceOptions<Values> = KafkaBoltOptions<Values> & {
  exactlyOnce(tuple: Tuple<Values>): unknown;
};

/**
 * One task of a Kafka bolt at the end of a chain that begins at a Kafka spout: writes what messages
 * became and commits the messages' offsets in one transaction. It includes a message only when all
 * in front of it are included, so that an offset that is committed means that everything before it
 * is; and it leaves out what a transaction before it, also of another life, has committed.
 */
export class TransactionalBoltTask<Values> implements BoltTask<Values> {
  readonly #options: ExactlyOnceOptions<Values>;
  readonly #writer: TransactionalWriter;
  readonly #reader: KafkaReader;
  readonly #outcome: TupleOutcome;
  readonly #metadata: string;
  readonly #batches: Batches<SourcedJob>;
  readonly #placement = new Placement();
  readonly #lanes = new Lanes();
  #hasBegun = false;

  constructor(
    options: ExactlyOnceOptions<Values>,
    tools: {
      readonly writer: TransactionalWriter;
      readonly reader: KafkaReader;
      readonly clock: Clock;
    },
    { stormId, collector }: { readonly stormId: string; readonly collector: TupleOutcome },
  ) {
    this.#options = options;
    this.#writer = tools.writer;
    this.#reader = tools.reader;
    this.#outcome = collector;
    this.#metadata = metadataOf(stormId);
    this.#batches = new Batches(limitsOf(options), tools.clock, (jobs) => this.#write(jobs));
  }

  execute(tuple: Tuple<Values>): Promise<void> | undefined {
    const job = jobOf(this.#options, tuple, this.#outcome);
    if (job === null) return undefined;
    const source = this.#options.exactlyOnce(tuple);
    if (!isPosition(source)) {
      throw new TypeError('exactlyOnce of a Kafka bolt has to return a position of a Kafka spout');
    }
    return this.#batches.add({ ...job, source });
  }

  async cleanup(): Promise<void> {
    await this.#batches.flush();
    await Promise.all([this.#writer.close(), this.#reader.close()]);
  }

  async #write(jobs: readonly SourcedJob[]): Promise<void> {
    let included: readonly SourcedJob[] = [];
    try {
      await this.#begin(jobs);
      for (const { tuple } of this.#lanes.add(jobs, (old) => this.#outcome.fail(old.tuple))) {
        this.#outcome.ack(tuple);
      }
      included = this.#lanes.nextInLine();
      if (included.length > 0) await this.#commit(included);
    } catch (error) {
      this.#outcome.reportError(error);
      this.#startOver([...jobs, ...included]);
    }
  }

  /** Where each partition is, is what was committed when no transaction of our name is open. */
  async #begin(jobs: readonly SourcedJob[]): Promise<void> {
    if (!this.#hasBegun) {
      await this.#writer.begin();
      this.#hasBegun = true;
    }
    for (const [group, partitions] of this.#lanes.unknown(jobs)) {
      const committed = await this.#reader.committed(group, partitions);
      for (const [index, { topic, partition }] of partitions.entries()) {
        const known = committed[index];
        if (known !== undefined && known !== null) {
          this.#lanes.open({ group, topic, partition }, known.offset);
          continue;
        }
        const where = `topic ${topic}, partition ${partition}`;
        throw new Error(`${where}: group ${group} has no offset, which its Kafka spout commits`);
      }
    }
  }

  async #commit(included: readonly SourcedJob[]): Promise<void> {
    const placed = await placeAll(this.#placement, included, {
      writer: this.#writer,
      outcome: this.#outcome,
    });
    // one that has nowhere to go stops those behind it: no offset may pass it
    if (placed.length < included.length) {
      this.#startOver(included.filter((job) => placed.some(({ tuple }) => tuple === job.tuple)));
      return;
    }
    try {
      const records = placed.flatMap((job) => job.records);
      await this.#writer.commit(records, this.#lanes.progress(this.#metadata));
    } catch (error) {
      throw tellOf(placed, error);
    }
    this.#lanes.advance();
    for (const { tuple } of included) this.#outcome.ack(tuple);
  }

  /** What is not committed is emitted again by its spout. */
  #startOver(jobs: readonly (WriteJob | PlacedJob)[]): void {
    this.#hasBegun = false;
    const tuples = new Set(jobs.map(({ tuple }) => tuple));
    for (const { tuple } of this.#lanes.clear()) tuples.add(tuple);
    for (const tuple of tuples) this.#outcome.fail(tuple);
  }
}

function isPosition(value: unknown): value is SourcePosition {
  if (typeof value !== 'object' || value === null) return false;
  const { group, topic, partition, offset, previous } = value as Partial<SourcePosition>;
  return (
    typeof group === 'string' &&
    typeof topic === 'string' &&
    [partition, offset, previous].every((each) => typeof each === 'number')
  );
}
