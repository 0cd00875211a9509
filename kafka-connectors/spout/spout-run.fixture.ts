import { SimulatedClock } from '../../runtime/native/index.ts';
import { MemoryKafka } from '../memory-kafka.fixture.ts';
import { KafkaSpoutTask } from './kafka-spout-task.ts';
import { text } from './message.ts';
import type { Delivery } from './partition-window.ts';
import { type SourceOptions, settingsOf } from './spout-options.ts';

const nowhere = { brokers: 'none:1', topics: 'in', group: 'g' };
const roundsMax = 20_000;

export interface RunOptions extends Partial<SourceOptions> {
  readonly taskIndex?: number;
  readonly tasks?: number;
  readonly stormId?: string;
}

/** What a task has emitted. */
export interface Emitted {
  readonly value: string;
  readonly offset: number;
  readonly delivery: Delivery;
}

/** A spout task on a simulated clock and a cluster in memory. */
export class SpoutRun {
  readonly clock: SimulatedClock;
  readonly kafka: MemoryKafka;
  readonly emitted: Emitted[] = [];
  readonly reports: string[] = [];
  readonly task: KafkaSpoutTask<string, string>;

  /** @param before goes on with its cluster and its clock */
  constructor(options: RunOptions = {}, before?: SpoutRun) {
    this.clock = before?.clock ?? new SimulatedClock();
    this.kafka = before?.kafka ?? new MemoryKafka(this.clock);
    const { taskIndex = 0, tasks = 1, stormId = 'copy-1-1', ...source } = options;
    this.task = new KafkaSpoutTask<string, string>({
      settings: settingsOf({ ...nowhere, ...source }),
      driver: this.kafka,
      clock: this.clock,
      decoders: { key: text, value: text },
      ...{ taskIndex, tasks, stormId },
      emit: ({ value, offset }, delivery) => {
        this.emitted.push({ value: value ?? '', offset, delivery });
        return true;
      },
      report: (error) => this.reports.push(error.message),
    });
  }

  get values(): readonly string[] {
    return this.emitted.map(({ value }) => value);
  }

  async start(): Promise<this> {
    this.task.start();
    await this.pass(100);
    return this;
  }

  /** Lets time pass, with the task asked for tuples all the while. */
  async pass(ms: number): Promise<void> {
    const endMs = this.clock.now() + ms;
    for (let round = 0; round < roundsMax; round++) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#drain();
      if (!this.clock.advance(endMs)) break;
    }
    await new Promise((resolve) => setImmediate(resolve));
    this.#drain();
  }

  ack(...values: readonly string[]): void {
    for (const value of values) this.task.ack(this.#last(value));
  }

  fail(...values: readonly string[]): void {
    for (const value of values) this.task.fail(this.#last(value));
  }

  committed(partition = 0, topic = 'in'): number | null {
    return this.kafka.committedOffset('g', topic, partition);
  }

  #drain(): void {
    for (let before = -1; before !== this.emitted.length; ) {
      before = this.emitted.length;
      this.task.nextTuple();
    }
  }

  #last(value: string): Delivery {
    const found = this.emitted.findLast((each) => each.value === value);
    if (found === undefined) throw new Error(`${value} was not emitted`);
    return found.delivery;
  }
}

/** One partition of `in` that holds these values. */
export async function startOn(
  values: readonly string[],
  options: RunOptions = {},
): Promise<SpoutRun> {
  const run = new SpoutRun(options);
  run.kafka.create('in', 1);
  run.kafka.write('in', 0, ...values);
  return run.start();
}
