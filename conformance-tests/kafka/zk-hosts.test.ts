// Goal: storm-kafka finds brokers by ZooKeeper as on real Storm, and a topology that is started again
// goes on where its offsets in ZooKeeper say. Method: a broker in ZooKeeper mode; what was produced
// and where it went is all that is looked at.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, KafkaBroker, KafkaTopics, waitFor } from '../harness/index.ts';
import { lagAtEnd } from './spout-lag.ts';
import { StormKafkaCopy } from './storm-kafka.ts';
import { zkStates } from './zk-state.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let broker: KafkaBroker;
let topics: KafkaTopics;
let gearstorm: Gearstorm;

beforeAll(async () => {
  broker = await KafkaBroker.start({ zooKeeper: true });
  gearstorm = await Gearstorm.start();
  topics = await KafkaTopics.connect(broker.address);
});

afterAll(async () => {
  await topics?.close();
  await Promise.all([gearstorm?.stop(), broker?.stop()]);
});

it('goes on exactly where its offsets in ZooKeeper say, after a rebalance and after a crash', async () => {
  const copy = new StormKafkaCopy({ name: 'found', broker, topics, gearstorm, timeoutSecs: 120 });
  await copy.start();
  await copy.produce(1_500);
  await copy.delivered(1_500);
  await lagAtEnd(gearstorm, { name: 'found', topic: '', written: 1_500 });
  await gearstorm.command('rebalance', 'found', '-w', '1', '-n', '1');
  await copy.produce(500);
  expect(await copy.verdict(0)).toMatchObject({ problems: [], produced: 2_000 });
  await waitFor(
    'all offsets in ZooKeeper',
    60_000,
    async () => (await offsetsOf('found')) === 2_000,
  );
  for (const pid of await gearstorm.otherProcesses()) process.kill(pid, 'SIGKILL');
  await copy.produce(500);
  expect(await copy.verdict(0)).toMatchObject({ problems: [], produced: 2_500 });
  await gearstorm.killAndWait('found');
});

/** The sum over all partitions. */
async function offsetsOf(name: string): Promise<number> {
  const states = await zkStates(broker.zooKeeperPort ?? 0, `/copy/${name}`, 4);
  return states.reduce((sum, state) => sum + (state?.offset ?? 0), 0);
}
