import type { Clock } from '../../runtime/native/index.ts';
import type { BoltTask, Tuple } from '../../storm-api/builder/index.ts';
import { KafkaError } from '../driver/errors.ts';
import type { KafkaWriter, NewRecord } from '../driver/kafka-driver.ts';
import { Batches } from './batches.ts';
import { type KafkaBoltOptions, limitsOf } from './bolt-options.ts';
import { Placement, recordsOf, type Unplaced, unplaced } from './outgoing.ts';

/** What a bolt task does with a tuple that is written, or cannot be. */
export interface TupleOutcome {
  ack(tuple: Tuple<unknown>): void;
  fail(tuple: Tuple<unknown>): void;
  reportError(error: unknown): void;
}

export interface WriteJob {
  readonly tuple: Tuple<unknown>;
  readonly records: readonly Unplaced[];
}

/** One task of a Kafka bolt: acks a tuple when its records are safe. */
export class KafkaBoltTask<Values> implements BoltTask<Values> {
  readonly #options: KafkaBoltOptions<Values>;
  readonly #writer: KafkaWriter;
  readonly #outcome: TupleOutcome;
  readonly #batches: Batches<WriteJob>;
  readonly #placement = new Placement();

  constructor(
    options: KafkaBoltOptions<Values>,
    tools: { readonly writer: KafkaWriter; readonly clock: Clock },
    outcome: TupleOutcome,
  ) {
    this.#options = options;
    this.#writer = tools.writer;
    this.#outcome = outcome;
    this.#batches = new Batches(limitsOf(options), tools.clock, (jobs) => this.#write(jobs));
  }

  execute(tuple: Tuple<Values>): Promise<void> | undefined {
    const job = jobOf(this.#options, tuple, this.#outcome);
    return job === null ? undefined : this.#batches.add(job);
  }

  async cleanup(): Promise<void> {
    await this.#batches.flush();
    await this.#writer.close();
  }

  async #write(jobs: readonly WriteJob[]): Promise<void> {
    const placed = await placeAll(this.#placement, jobs, {
      writer: this.#writer,
      outcome: this.#outcome,
    });
    if (placed.length > 0) await this.#send(placed);
  }

  /** One record that is too large spoils no other: its batch is sent by halves. */
  async #send(jobs: readonly PlacedJob[]): Promise<void> {
    try {
      const records = jobs.flatMap((job) => job.records);
      if (records.length > 0) await this.#writer.send(records);
      for (const { tuple } of jobs) this.#outcome.ack(tuple);
    } catch (error) {
      if (jobs.length > 1 && error instanceof KafkaError && error.kind === 'too-large') {
        const middle = jobs.length >>> 1;
        await this.#send(jobs.slice(0, middle));
        await this.#send(jobs.slice(middle));
        return;
      }
      this.#outcome.reportError(tellOf(jobs, error));
      for (const { tuple } of jobs) this.#outcome.fail(tuple);
    }
  }
}

export interface PlacedJob {
  readonly tuple: Tuple<unknown>;
  readonly records: readonly NewRecord[];
}

/** What is to be written for a tuple; null when it was failed because nothing can be made of it. */
export function jobOf<Values>(
  { topic, record }: KafkaBoltOptions<Values>,
  tuple: Tuple<Values>,
  outcome: TupleOutcome,
): WriteJob | null {
  try {
    return {
      tuple,
      records: recordsOf(record(tuple)).map((each) => unplaced(each, topic ?? null)),
    };
  } catch (error) {
    outcome.reportError(error);
    outcome.fail(tuple);
    return null;
  }
}

/** Chooses partitions; tuples whose topic cannot be had are failed and left out. */
export async function placeAll(
  placement: Placement,
  jobs: readonly WriteJob[],
  {
    writer,
    outcome,
  }: {
    readonly writer: { partitionCount(topic: string): Promise<number> };
    readonly outcome: TupleOutcome;
  },
): Promise<readonly PlacedJob[]> {
  placement.nextBatch();
  const topics = new Set(jobs.flatMap(({ records }) => records.map(({ topic }) => topic)));
  const counts = new Map<string, number | Error>();
  for (const topic of topics) {
    counts.set(topic, await writer.partitionCount(topic).catch((error: Error) => error));
  }
  const placed: PlacedJob[] = [];
  const told = new Set<string>();
  for (const { tuple, records } of jobs) {
    try {
      const placedRecords = records.map((record) => {
        const count = counts.get(record.topic);
        if (typeof count === 'number') return placement.place(record, count);
        throw count ?? new Error(`topic ${record.topic} is unknown`);
      });
      placed.push({ tuple, records: placedRecords });
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      if (!told.has(sentence)) outcome.reportError(error);
      told.add(sentence);
      outcome.fail(tuple);
    }
  }
  return placed;
}

/** Names where it was to go and how much it was. */
export function tellOf(jobs: readonly PlacedJob[], error: unknown): Error {
  const records = jobs.flatMap((job) => job.records);
  const [first] = records;
  const why = error instanceof Error ? error.message : String(error);
  const length = (first?.key?.length ?? 0) + (first?.value?.length ?? 0);
  const what = records.length === 1 ? `a record of ${length} bytes` : `${records.length} records`;
  const where = `topic ${first?.topic}, partition ${first?.partition}`;
  return new Error(`${what} for ${where} could not be written: ${why}`, { cause: error });
}
