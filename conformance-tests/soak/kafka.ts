import { setTimeout as sleep } from 'node:timers/promises';
import { SeededRandom } from '../failure/seeded-random.ts';
import { type Gearstorm, KafkaBroker, KafkaTopics } from '../harness/index.ts';
import type { CopyVerdict } from '../kafka/copy-judge.ts';
import { KafkaCopy } from '../kafka/kafka-copy.ts';
import { StormKafkaCopy } from '../kafka/storm-kafka.ts';
import { withGearstorm } from './instances.ts';
import type { Outcome, SoakOptions } from './suite.ts';

const idsFull = 1_000_000;
/** About what one minute is good for on two cores, so that a short soak stays short. */
const idsPerMinute = 50_000;
const idsPerTurn = 5_000;
const pauseMsMin = 2_000;
const pauseMsMax = 12_000;
/** What one death may repeat: what was in flight, and what was done since the last commit. */
const repeatedPerKill = 20_000;
/** The other two parts, beside the first. */
const share = 0.2;

interface Stage {
  readonly broker: KafkaBroker;
  readonly topics: KafkaTopics;
  readonly gearstorm: Gearstorm;
  readonly random: SeededRandom;
  readonly say: (line: string) => void;
}

/**
 * Topics are copied while workers, serve and the broker are killed: by topologies in TypeScript, at
 * least once and exactly once, and by one on storm-kafka.
 */
export async function kafka({ seed, minutes, say }: SoakOptions): Promise<Outcome> {
  const ids = Math.min(idsFull, Math.ceil(minutes * idsPerMinute));
  const violations: string[] = [];
  const facts: Record<string, object> = {};
  const take = (part: string, { problems, ...counts }: CopyVerdict, deaths: number) => {
    violations.push(...problems.map((problem) => `kafka ${part}: ${problem}`));
    facts[part] = { ...counts, deaths };
    say(`kafka, ${part}: ${JSON.stringify(facts[part])}`);
  };
  await withStage({ seed, say, version: '3.9.2' }, async (stage) => {
    await atLeastOnce(stage, ids, take);
    await exactlyOnce(stage, Math.ceil(ids * share), take);
    await stormKafka(stage, Math.ceil(ids * share), take);
  });
  await withStage({ seed, say, version: '4.3.1' }, async (stage) => {
    const few = Math.ceil(ids * share);
    const of = (part: string) => `${part} on Kafka 4.3.1`;
    await atLeastOnce(stage, few, (part, verdict, deaths) => take(of(part), verdict, deaths));
    await exactlyOnce(stage, few, (part, verdict, deaths) => take(of(part), verdict, deaths));
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

type Take = (part: string, verdict: CopyVerdict, deaths: number) => void;

async function atLeastOnce(stage: Stage, ids: number, take: Take): Promise<void> {
  const copy = new KafkaCopy({ ...stage, name: 'copied', broker: stage.broker.address });
  await copy.createTopics();
  await copy.submit();
  const all = [killWorker, killServe, killBroker];
  const deaths = await produceAmongDeaths(stage, ids, all, (count) => copy.produce(count));
  await copy.committed();
  take('at least once', await copy.verdict(deaths * repeatedPerKill), deaths);
  await stage.gearstorm.killAndWait(copy.name);
}

async function exactlyOnce(stage: Stage, ids: number, take: Take): Promise<void> {
  const words = ['exactly-once=1', 'linger=20'];
  const copy = new KafkaCopy({ ...stage, name: 'once', words, broker: stage.broker.address });
  await copy.createTopics();
  await copy.submit();
  const all = [killWorker, killServe, killBroker];
  const deaths = await produceAmongDeaths(stage, ids, all, (count) => copy.produce(count));
  await copy.committed();
  take('exactly once', await copy.verdict(0), deaths);
  await stage.gearstorm.killAndWait(copy.name);
}

async function stormKafka(stage: Stage, ids: number, take: Take): Promise<void> {
  const copy = new StormKafkaCopy({ ...stage, name: 'old' });
  await copy.start();
  const all = [killWorker, killServe];
  const deaths = await produceAmongDeaths(stage, ids, all, (count) => copy.produce(count));
  take('storm-kafka 0.9.7', await copy.verdict(deaths * repeatedPerKill), deaths);
  await stage.gearstorm.killAndWait('old');
}

type Death = (stage: Stage) => Promise<void>;

/** Returns how many deaths there were. */
async function produceAmongDeaths(
  stage: Stage,
  ids: number,
  deaths: readonly Death[],
  produce: (count: number) => Promise<void>,
): Promise<number> {
  let isProducing = true;
  let count = 0;
  const killing = (async () => {
    while (isProducing) {
      await sleep(stage.random.between(pauseMsMin, pauseMsMax));
      await stage.random.pick(deaths)(stage);
      count += 1;
    }
  })();
  for (let made = 0; made < ids; made += idsPerTurn) {
    await produce(Math.min(idsPerTurn, ids - made));
    await sleep(100);
  }
  isProducing = false;
  await killing;
  return count;
}

async function killWorker({ gearstorm, random }: Stage): Promise<void> {
  const pids = await gearstorm.otherProcesses();
  if (pids.length > 0) process.kill(random.pick(pids), 'SIGKILL');
}

async function killServe({ gearstorm }: Stage): Promise<void> {
  await gearstorm.crash();
  await gearstorm.serve();
}

async function killBroker({ broker }: Stage): Promise<void> {
  await broker.crash();
  await broker.start();
}
