import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '../failure/seeded-random.ts';
import { type Gearstorm, KafkaBroker, KafkaTopics, waitFor } from '../harness/index.ts';
import type { CopyVerdict } from '../kafka/copy-judge.ts';
import { KafkaCopy, repeatedPerDeath } from '../kafka/kafka-copy.ts';
import { StormKafkaCopy } from '../kafka/storm-kafka.ts';
import { killQuietly } from './faults.ts';
import { untilStopped, withGearstorm } from './instances.ts';
import type { Outcome, SoakOptions } from './suite.ts';

const idsFull = 1_000_000;
/** About what one minute is good for on two cores, so that a short soak stays short. */
const idsPerMinute = 75_000;
const idsPerTurn = 2_000;
const pauseMsMin = 2_000;
const pauseMsMax = 12_000;
const rebalanceMs = 60_000;
/** For what is left when no more is produced: deaths hold the copy up more than the producer. */
const patienceMs = 900_000;
/** The first part has this much of the time, and each of the other five this much of time. */
const firstShare = 0.4;
const share = 0.12;
/** Of the ids. */
const idsShare = 0.2;
/** Spout and bolts in processes of their own, and no tuple too late while a broker starts. */
const words = ['workers=4', 'timeout=5'];

interface Stage {
  readonly broker: KafkaBroker;
  readonly topics: KafkaTopics;
  readonly gearstorm: Gearstorm;
  readonly random: SeededRandom;
  readonly say: (line: string) => void;
}

/** How much a part produces, and how long it takes to. */
interface Amount {
  readonly ids: number;
  readonly minutes: number;
}

/** How often what happened. */
type Deaths = Readonly<Record<string, number>>;
interface Copied {
  readonly verdict: CopyVerdict;
  readonly deaths: Deaths;
}

/** A way to copy a topic. */
interface Part {
  readonly title: string;
  /** Of its topology. */
  readonly name: string;
  run(stage: Stage, amount: Amount): Promise<Copied>;
}

/**
 * Topics are copied while workers, serve and the broker are killed and topologies are rebalanced: by
 * topologies in TypeScript, at least once and exactly once, and by one on storm-kafka.
 */
export async function kafka({ seed, minutes, say }: SoakOptions): Promise<Outcome> {
  const ids = Math.min(idsFull, Math.ceil(minutes * idsPerMinute));
  const first = { ids, minutes: minutes * firstShare };
  const other = { ids: Math.ceil(ids * idsShare), minutes: minutes * share };
  const violations: string[] = [];
  const facts: Record<string, object> = {};
  const judge = async (stage: Stage, part: Part, amount: Amount, version: string) => {
    const title = `${part.title}, Kafka ${version}`;
    const { problems, ...found } = await attempt(stage, part, amount);
    violations.push(...problems.map((problem) => `kafka ${title}: ${problem}`));
    facts[title] = found;
    say(`kafka, ${title}: ${JSON.stringify({ ...found, problems })}`);
  };
  await withStage({ seed, say, version: '3.9.2' }, async (stage) => {
    await judge(stage, atLeastOnce, first, '3.9.2');
    await judge(stage, exactlyOnce, other, '3.9.2');
    await judge(stage, stormKafka, other, '3.9.2');
  });
  await withStage({ seed, say, version: '3.9.2', zooKeeper: true }, async (stage) => {
    await judge(stage, stormKafka, other, '3.9.2 with ZooKeeper');
  });
  await withStage({ seed, say, version: '4.3.1' }, async (stage) => {
    await judge(stage, atLeastOnce, other, '4.3.1');
    await judge(stage, exactlyOnce, other, '4.3.1');
  });
  return { violations, facts };
}

/** What does not come to its end is a problem too, and the next part begins all the same. */
async function attempt(stage: Stage, part: Part, amount: Amount) {
  try {
    const { verdict, deaths } = await part.run(stage, amount);
    return { ...verdict, deaths };
  } catch (error) {
    return { problems: [error instanceof Error ? error.message : String(error)] };
  } finally {
    await stage.gearstorm.killAndWait(part.name).catch(() => {}); // it may never have begun
  }
}

async function withStage(
  {
    seed,
    say,
    ...release
  }: Pick<SoakOptions, 'seed' | 'say'> & {
    readonly version: string;
    /** Storm-kafka then finds the brokers there. */
    readonly zooKeeper?: boolean;
  },
  work: (stage: Stage) => Promise<void>,
): Promise<void> {
  await untilStopped(await KafkaBroker.start(release), async (broker) => {
    await withGearstorm({}, async (gearstorm) => {
      const topics = await KafkaTopics.connect(broker.address);
      await work({ broker, topics, gearstorm, say, random: new SeededRandom(seed) });
      await topics.close();
    });
  });
}

const atLeastOnce: Part = {
  title: 'at least once',
  name: 'copied',
  async run(stage, amount) {
    const copy = new KafkaCopy({ ...stage, name: this.name, words, broker: stage.broker.address });
    await copy.createTopics();
    await copy.submit();
    const deaths = await produceAmongDeaths(stage, amount, copy);
    await copy.committed(patienceMs);
    return { deaths, verdict: await copy.verdict(total(deaths) * repeatedPerDeath) };
  },
};

const exactlyOnce: Part = {
  title: 'exactly once',
  name: 'once',
  async run(stage, amount) {
    const all = [...words, 'exactly-once=1', 'linger=20'];
    const { address } = stage.broker;
    const copy = new KafkaCopy({ ...stage, name: this.name, words: all, broker: address });
    await copy.createTopics();
    await copy.submit();
    const deaths = await produceAmongDeaths(stage, amount, copy);
    await copy.committed(patienceMs);
    return { deaths, verdict: await copy.verdict(0) };
  },
};

const stormKafka: Part = {
  title: 'storm-kafka 0.9.7',
  name: 'old',
  async run(stage, amount) {
    const copy = new StormKafkaCopy({ ...stage, name: this.name });
    await copy.start();
    const deaths = await produceAmongDeaths(stage, amount, copy);
    return { deaths, verdict: await copy.verdict(total(deaths) * repeatedPerDeath, patienceMs) };
  },
};

interface Producing {
  readonly name: string;
  produce(count: number): Promise<void>;
}

async function produceAmongDeaths(
  stage: Stage,
  { ids, minutes }: Amount,
  copy: Producing,
): Promise<Deaths> {
  const happened = Object.fromEntries(Object.keys(waysToDie).map((what) => [what, 0]));
  const over = new AbortController();
  const killing = killUntil(over.signal, stage, copy.name, happened);
  killing.catch(() => {}); // awaited below; until then it must not end the whole soak
  const startMs = performance.now();
  try {
    for (let made = 0; made < ids; made += idsPerTurn) {
      await copy.produce(Math.min(idsPerTurn, ids - made));
      const dueMs = startMs + ((made + idsPerTurn) / ids) * minutes * 60_000;
      await sleep(Math.max(dueMs - performance.now(), 0));
    }
  } finally {
    over.abort();
    await killing;
  }
  return happened;
}

async function killUntil(
  over: AbortSignal,
  stage: Stage,
  name: string,
  happened: Record<string, number>,
): Promise<void> {
  while (!over.aborted) {
    await sleep(stage.random.between(pauseMsMin, pauseMsMax));
    const what = stage.random.pick(Object.keys(waysToDie));
    await waysToDie[what]?.(stage, name);
    happened[what] = (happened[what] ?? 0) + 1;
  }
}

function total(happened: Deaths): number {
  return Object.values(happened).reduce((sum, count) => sum + count, 0);
}

/** Each leaves everything running, or about to. */
const waysToDie: Readonly<Record<string, (stage: Stage, name: string) => Promise<void>>> = {
  'worker killed': async ({ gearstorm, random }) => {
    const pids = await gearstorm.otherProcesses();
    if (pids.length > 0) killQuietly(random.pick(pids));
  },

  'serve killed': async ({ gearstorm }) => {
    await gearstorm.crash();
    await gearstorm.serve();
  },

  'broker killed': async ({ broker }) => {
    await broker.crash();
    await broker.start();
  },

  rebalance: async ({ gearstorm, random }, name) => {
    await gearstorm.command('rebalance', name, '-w', '1', '-n', String(random.between(1, 4)));
    await waitFor('the end of the rebalance', rebalanceMs, async () => {
      return (await gearstorm.list())[0]?.status === 'ACTIVE';
    });
  },
};
