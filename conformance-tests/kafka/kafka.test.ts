// Goal: topologies in TypeScript that read and write Kafka lose nothing, whatever dies, and write
// nothing twice where they promise so. Method: one broker and one serve; a topology copies a topic
// while processes are killed; the judge reads what was produced and where it went, nothing else.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { SeededRandom } from '../failure/seeded-random.ts';
import { Gearstorm, KafkaBroker, KafkaTopics, waitFor } from '../harness/index.ts';
import { KafkaCopy, repeatedPerDeath } from './kafka-copy.ts';
import { lagAtEnd } from './spout-lag.ts';
import { StormKafkaCopy } from './storm-kafka.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const random = new SeededRandom(8);
let broker: KafkaBroker;
let topics: KafkaTopics;
let gearstorm: Gearstorm;

beforeAll(async () => {
  broker = await KafkaBroker.start();
  gearstorm = await Gearstorm.start();
  topics = await KafkaTopics.connect(broker.address);
});

afterAll(async () => {
  await topics?.close();
  await Promise.all([gearstorm?.stop(), broker?.stop()]);
});

it('delivers every message while a worker, serve and the broker are killed, and repeats none for a rebalance', async () => {
  const copy = await start('copied');
  await copy.produce(4_000);
  await copy.delivered(1_000);
  await killAWorker();
  await copy.produce(2_000);
  await gearstorm.crash();
  await gearstorm.serve();
  await broker.crash();
  await broker.start();
  await copy.produce(2_000);
  await copy.committed();
  const verdict = await copy.verdict(3 * repeatedPerDeath);
  expect(verdict).toMatchObject({ problems: [], produced: 8_000 });
  const end = { name: copy.name, topic: copy.from, written: 8_000 };
  expect(await lagAtEnd(gearstorm, end)).toEqual({ partitions: 4, written: 8_000 });
  const metrics = await (await fetch(`${gearstorm.uiUrl}/metrics`)).text();
  expect(metrics.match(/^gearstorm_partition_lag\{.*topic="copied-in".*\} 0$/gm)).toHaveLength(4);
  await gearstorm.command('rebalance', copy.name, '-w', '1', '-n', '1');
  await copy.produce(500);
  await copy.committed();
  expect(await topics.size(copy.to)).toBe(verdict.delivered + 500);
  await gearstorm.killAndWait(copy.name);
});

it('is told from a topology that acks before it has written', async () => {
  const copy = await start('early', 'early=1', 'linger=1500');
  await copy.produce(3_000);
  await copy.committed();
  await killAllWorkers();
  await copy.produce(100);
  await copy.delivered(100);
  await copy.committed();
  expect((await copy.verdict(repeatedPerDeath)).missing).toBeGreaterThan(0);
  await gearstorm.killAndWait(copy.name);
});

it('writes every message once while workers and the broker are killed', async () => {
  const copy = await start('once', 'exactly-once=1', 'linger=20');
  await copy.produce(2_000);
  await copy.delivered(500);
  await killAWorker();
  await copy.produce(1_000);
  await broker.crash();
  await broker.start();
  await killAWorker();
  await copy.produce(1_000);
  await copy.committed();
  expect(await copy.verdict(0)).toMatchObject({ problems: [], produced: 4_000 });
  await gearstorm.killAndWait(copy.name);
});

it('reads again from a time: what is at it or after it, and nothing else', async () => {
  const early = Array.from({ length: 300 }, (_, n) => `early-${n}`);
  const late = Array.from({ length: 300 }, (_, n) => `late-${n}`);
  const copy = make('again', []);
  await copy.createTopics();
  await topics.produce(copy.from, early);
  const sinceMs = Date.now() + 1;
  await new Promise((resolve) => setTimeout(resolve, 5));
  await topics.produce(copy.from, late);
  const replay = make('again', [`since=${sinceMs}`]);
  await replay.submit();
  await replay.committed();
  expect([...(await topics.read(copy.to))].sort()).toEqual([...late].sort());
  await gearstorm.killAndWait(copy.name);
});

it('runs storm-kafka 0.9.7, which loses nothing when its workers are killed', async () => {
  const copy = new StormKafkaCopy({ name: 'old', broker, topics, gearstorm });
  await copy.start();
  await copy.produce(2_000);
  await copy.delivered(500);
  await killAWorker();
  await copy.produce(1_000);
  await copy.delivered(2_500);
  await killAWorker();
  await copy.produce(1_000);
  expect(await copy.verdict(2 * repeatedPerDeath)).toMatchObject({ problems: [], produced: 4_000 });
  const end = { name: 'old', topic: '', written: 4_000 }; // it does not tell the topic
  expect(await lagAtEnd(gearstorm, end)).toEqual({ partitions: 4, written: 4_000 });
  await gearstorm.killAndWait('old');
});

function make(name: string, words: readonly string[]): KafkaCopy {
  return new KafkaCopy({ name, words, broker: broker.address, topics, gearstorm });
}

async function start(name: string, ...words: readonly string[]): Promise<KafkaCopy> {
  const copy = make(name, words);
  await copy.createTopics();
  await copy.submit();
  return copy;
}

async function killAWorker(): Promise<void> {
  process.kill(random.pick(await workers()), 'SIGKILL');
}

async function killAllWorkers(): Promise<void> {
  for (const pid of await workers()) process.kill(pid, 'SIGKILL');
}

function workers(): Promise<readonly number[]> {
  return waitFor('running workers', 60_000, async () => {
    const pids = await gearstorm.otherProcesses();
    return pids.length > 0 && pids;
  });
}
