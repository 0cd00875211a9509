import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KafkaBroker, projectRoot, waitFor } from '../conformance-tests/harness/index.ts';
import type { Cluster } from './cluster.ts';
import { clientOf, fillTopic } from './kafka-topic.ts';
import { lastRows, totalOf } from './meter-file.ts';
import { type Comparison, type Outcome, outcomesOf, type Quantity } from './outcome.ts';

const program = join(projectRoot, 'bench/native/kafka.ts');
const peer = 'kafkajs-2.2.4';
const partitions = 4;
const readMs = 240_000;
/** The first of them are read while everything is still warming up. */
const warmUpShare = 0.25;

interface Load {
  readonly name: string;
  readonly bytes: number;
  readonly messages: { readonly quick: number; readonly full: number };
}

const loads: readonly Load[] = [
  { name: 'kafka-100b', bytes: 100, messages: { quick: 400_000, full: 1_500_000 } },
  { name: 'kafka-1kb', bytes: 1024, messages: { quick: 150_000, full: 500_000 } },
];

/** A topic read to its end by a spout with a bolt that does nothing, and by a consumer of kafkajs. */
export const kafka: Comparison = {
  name: 'kafka',
  about: 'reading a Kafka topic, beside a bare consumer of kafkajs',
  minutes: { quick: 3, full: 8 },
  peers: [],
  async run({ ours }, quick) {
    const broker = await KafkaBroker.start({ properties: { 'log.retention.bytes': -1 } });
    try {
      const outcomes: Outcome[] = [];
      for (const load of loads) outcomes.push(...(await compare(load, broker, ours, quick)));
      return outcomes;
    } finally {
      await broker.stop();
    }
  },
};

async function compare(
  { name, bytes, messages }: Load,
  broker: KafkaBroker,
  ours: Cluster,
  quick: boolean,
): Promise<readonly Outcome[]> {
  const count = quick ? messages.quick : messages.full;
  await fillTopic(broker, { topic: name, partitions, messages: count, bytes });
  const samples = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    samples.ours.push(await readByTopology(ours, broker, { topic: name, round, count }));
    samples.theirs.push(await readByConsumer(broker, { topic: name, round, count }));
  }
  const quantity: Quantity<number> = {
    ...{ name, unit: 'messages/s', better: 'more', of: (rate) => rate },
    config: { broker: 'Kafka 3.9.2', partitions, messages: count, bytes },
  };
  return outcomesOf({ ours: samples.ours, peers: new Map([[peer, samples.theirs]]) }, quantity);
}

interface Reading {
  readonly topic: string;
  readonly round: number;
  readonly count: number;
}

async function readByTopology(
  cluster: Cluster,
  broker: KafkaBroker,
  { topic, round, count }: Reading,
): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'gearstorm-bench-'));
  const file = join(directory, 'meter.tsv');
  const group = `${topic}-${round}`;
  const meter = new Meter(count);
  try {
    await cluster.submitProgram?.(program, group, file, broker.address, topic, group);
    await waitFor(`the end of ${topic}`, readMs, async () => {
      const rows = await lastRows(file);
      meter.look(totalOf(rows), Math.max(0, ...[...rows.values()].map(({ timeMs }) => timeMs)));
      return meter.isDone;
    });
    return meter.perSecond;
  } finally {
    await cluster.killAndWait(group).catch(() => undefined);
    await rm(directory, { recursive: true, force: true });
  }
}

async function readByConsumer(
  broker: KafkaBroker,
  { topic, round, count }: Reading,
): Promise<number> {
  const consumer = clientOf(broker).consumer({ groupId: `bare-${topic}-${round}` });
  const meter = new Meter(count);
  let total = 0;
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      eachBatch: async ({ batch: { messages } }) => {
        total += messages.length;
        meter.look(total, Date.now());
      },
    });
    await waitFor(`the end of ${topic}`, readMs, async () => meter.isDone);
    return meter.perSecond;
  } finally {
    await consumer.disconnect();
  }
}

/** The rate from the end of the warm-up to the end. */
class Meter {
  readonly #count: number;
  #first: { readonly total: number; readonly timeMs: number } | null = null;
  #last: { readonly total: number; readonly timeMs: number } | null = null;

  constructor(count: number) {
    this.#count = count;
  }

  get isDone(): boolean {
    return (this.#last?.total ?? 0) >= this.#count;
  }

  get perSecond(): number {
    if (this.#first === null || this.#last === null) return Number.NaN;
    const ms = this.#last.timeMs - this.#first.timeMs;
    return (1000 * (this.#last.total - this.#first.total)) / ms;
  }

  look(total: number, timeMs: number): void {
    if (total === this.#last?.total) return;
    if (total >= this.#count * warmUpShare) this.#first ??= { total, timeMs };
    this.#last = { total, timeMs };
  }
}
