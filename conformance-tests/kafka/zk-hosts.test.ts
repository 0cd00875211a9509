// Goal: storm-kafka finds brokers by ZooKeeper as on real Storm, and a topology that is started again
// goes on where its offsets in ZooKeeper say. Method: a broker in ZooKeeper mode; what was produced
// and where it went is all that is looked at.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, KafkaBroker, KafkaTopics } from '../harness/index.ts';
import { lagAtEnd } from './spout-lag.ts';
import { StormKafkaCopy } from './storm-kafka.ts';

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

it('goes on after a rebalance where its offsets say, and repeats no more than was in flight', async () => {
  const copy = new StormKafkaCopy({ name: 'found', broker, topics, gearstorm, timeoutSecs: 120 });
  await copy.start();
  await copy.produce(1_500);
  await copy.delivered(1_500);
  await lagAtEnd(gearstorm, { name: 'found', topic: '', written: 1_500 });
  await gearstorm.command('rebalance', 'found', '-w', '1', '-n', '1');
  await copy.produce(500);
  expect(await copy.verdict(0)).toMatchObject({ problems: [], produced: 2_000 });
  await gearstorm.killAndWait('found');
});
