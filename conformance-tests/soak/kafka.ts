import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '../failure/seeded-random.ts';
import { type Gearstorm, KafkaBroker, KafkaTopics, waitFor } from '../harness/index.ts';
import type { CopyVerdict } from '../kafka/copy-judge.ts';
import { KafkaCopy, repeatedPerDeath } from '../kafka/kafka-copy.ts';
import { StormKafkaCopy } from '../kafka/storm-kafka.ts';
import { withGearstorm } from './instances.ts';
import type { Outcome, SoakOptions } from './suite.ts';

const idsFull = 1_000_000;
/** About what one minute is good for on two cores, so that a short soak stays short. */
const idsPerMinute = 50_000;
const idsPerTurn = 2_000;
const pauseMsMin = 2_000;
const pauseMsMax = 12_000;
const rebalanceMs = 60_000;
/** The first part has this much of the time, and each of the other four this much of time and ids. */
const firstShare = 0.4;
const share = 0.15;
const idsShare = 0.2;
/** Spout and bolts in processes of their own, and no tuple too late while a broker starts. */
const words = ['workers=4', 'timeout=10'];

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
type Take = (part: string, verdict: CopyVerdict, deaths: Deaths) => void;

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
  const take: Take = (part, { problems, ...counts }, deaths) => {
    violations.push(...problems.map((problem) => `kafka ${part}: ${problem}`));
    facts[part] = { ...counts, deaths };
    say(`kafka, ${part}: ${JSON.stringify(facts[part])}`);
  };
  await withStage({ seed, say, version: '3.9.2' }, async (stage) => {
    await atLeastOnce(stage, first, take);
    await exactlyOnce(stage, other, take);
    await stormKafka(stage, other, take);
  });
  await withStage({ seed, say, version: '4.3.1' }, async (stage) => {
    const onNewest: Take = (part, ...rest) => take(`${part} on Kafka 4.3.1`, ...rest);
    await atLeastOnce(stage, other, onNewest);
    await exactlyOnce(stage, other, onNewest);
  });
  return { violations, facts };
}

async function withStage(
  { seed, say, version }: Pick<SoakOptions, 'seed' | 'say'> & { readonly version: string },
  work: (stage: Stage) => Promise<void>,
): Promise<void> {
  const broker = await KafkaBroker.start({ version });
  try {
    await withGearstorm({}, async (gearstorm) => {
      const topics = await KafkaTopics.connect(broker.address);
      await work({ broker, topics, gearstorm, say, random: new SeededRandom(seed) });
      await topics.close();
    });
  } finally {
    await broker.stop();
  }
}

async function atLeastOnce(stage: Stage, amount: Amount, take: Take): Promise<void> {
  const copy = new KafkaCopy({ ...stage, name: 'copied', words, broker: stage.broker.address });
  await copy.createTopics();
  await copy.submit();
  const deaths = await produceAmongDeaths(stage, amount, copy);
  await copy.committed();
  take('at least once', await copy.verdict(total(deaths) * repeatedPerDeath), deaths);
  await stage.gearstorm.killAndWait(copy.name);
}

async function exactlyOnce(stage: Stage, amount: Amount, take: Take): Promise<void> {
  const once = [...words, 'exactly-once=1', 'linger=20'];
  const copy = new KafkaCopy({ ...stage, name: 'once', words: once, broker: stage.broker.address });
  await copy.createTopics();
  await copy.submit();
  const deaths = await produceAmongDeaths(stage, amount, copy);
  await copy.committed();
  take('exactly once', await copy.verdict(0), deaths);
  await stage.gearstorm.killAndWait(copy.name);
}

async function stormKafka(stage: Stage, amount: Amount, take: Take): Promise<void> {
  const copy = new StormKafkaCopy({ ...stage, name: 'old' });
  await copy.start();
  const deaths = await produceAmongDeaths(stage, amount, copy);
  const verdict = await copy.verdict(total(deaths) * repeatedPerDeath);
  take('storm-kafka 0.9.7', verdict, deaths);
  await stage.gearstorm.killAndWait(copy.name);
}

interface Producing {
  readonly name: string;
  produce(count: number): Promise<void>;
}

async function produceAmongDeaths(
  stage: Stage,
  { ids, minutes }: Amount,
  copy: Producing,
): Promise<Deaths> {
  const happened = Object.fromEntries(Object.keys(deaths).map((what) => [what, 0]));
  const over = new AbortController();
  const killing = killUntil(over.signal, stage, copy.name, happened);
  const startMs = performance.now();
  for (let made = 0; made < ids; made += idsPerTurn) {
    await copy.produce(Math.min(idsPerTurn, ids - made));
    const dueMs = startMs + ((made + idsPerTurn) / ids) * minutes * 60_000;
    await sleep(Math.max(dueMs - performance.now(), 0));
  }
  over.abort();
  await killing;
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
    const what = stage.random.pick(Object.keys(deaths));
    await deaths[what]?.(stage, name);
    happened[what] = (happened[what] ?? 0) + 1;
  }
}

function total(happened: Deaths): number {
  return Object.values(happened).reduce((sum, count) => sum + count, 0);
}

/** Each leaves everything running, or about to. */
const deaths: Readonly<Record<string, (stage: Stage, name: string) => Promise<void>>> = {
  'worker killed': async ({ gearstorm, random }) => {
    const pids = await gearstorm.otherProcesses();
    if (pids.length > 0) process.kill(random.pick(pids), 'SIGKILL');
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
