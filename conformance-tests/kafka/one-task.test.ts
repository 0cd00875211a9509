// Goal: what Kafka does to a topic under a spout or a bolt costs no message, and what cannot be had is
// said by name. Method: one task at a time against one real broker, without any topology.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { json } from '../../kafka-connectors/index.ts';
import { KafkaBroker, KafkaTopics, waitFor } from '../harness/index.ts';
import { boltAlone, LoneSpout } from './lone-task.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const properties = {
  // Everybody may do everything to what no rule is about.
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'allow.everyone.if.no.acl.found': 'true',
  'log.cleaner.backoff.ms': 100,
};
let broker: KafkaBroker;
let topics: KafkaTopics;

beforeAll(async () => {
  broker = await KafkaBroker.start({ properties });
  topics = await KafkaTopics.connect(broker.address);
});

afterAll(async () => {
  await topics?.close();
  await broker?.stop();
});

const read = (topic: string | RegExp) =>
  LoneSpout.open({ brokers: broker.address, topics: topic, group: `of-${topic}`, refreshSecs: 1 });

/** Short enough to be shown. */
const digest = (value: unknown) => `${String(value).length}: ${String(value).slice(0, 10)}`;

const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `${from + index}`);

it('says by name what a spout cannot reach', async () => {
  const nowhere = { brokers: '127.0.0.1:1', topics: 'open', group: 'curious' };
  const spout = await LoneSpout.open(nowhere);
  await spout.until('a report', ({ reports }) => reports.length > 0);
  await spout.close();
  expect(spout.reports[0]).toMatch(
    /topics open: no Kafka broker answers at 127.0.0.1:1: .*ECONNREFUSED/,
  );
});

it('goes on where the log begins when it was cut behind the group, and says what it has missed', async () => {
  await topics.create('cut', 1);
  await topics.produce('cut', numbered(10));
  const before = await read('cut');
  await before.untilRead(10);
  await before.close();
  await topics.produce('cut', numbered(10, 10));
  await topics.admin.deleteTopicRecords({
    ...{ topic: 'cut', partitions: [{ partition: 0, offset: '15' }] },
  });
  const after = await read('cut');
  await after.untilRead(5);
  await after.close();
  expect(after.values).toEqual(numbered(5, 15));
  expect(after.reports.join()).toMatch(/cut\/0 has nothing at offset 10 any more.*going on at 15/);
});

it('reads a compacted log, whose offsets have gaps, to its end', async () => {
  const policy = { 'cleanup.policy': 'compact', 'segment.bytes': '1000' };
  await topics.create('compact', 1, { ...policy, 'min.cleanable.dirty.ratio': '0.01' });
  for (let round = 0; round < 20; round++) await topics.produce('compact', numbered(5));
  await waitFor('compaction', 30_000, async () => (await topics.read('compact')).length < 100);
  const spout = await read('compact');
  await spout.until('the end', ({ emitted, lag }) => emitted.at(-1)?.offset === 99 && lag === 0);
  await spout.close();
  expect(spout.values.length).toBeLessThan(100);
  expect(new Set(spout.values)).toEqual(new Set(numbered(5)));
  expect(spout.reports).toEqual([]);
});

it('reads partitions that are added, and a topic that is deleted and made anew', async () => {
  await topics.create('growing', 1);
  await topics.produce('growing', numbered(5));
  const spout = await read(/grow.*/);
  await spout.untilRead(5);
  await topics.admin.createPartitions({ topicPartitions: [{ topic: 'growing', count: 3 }] });
  await topics.produce('growing', numbered(20, 5));
  await spout.untilRead(25);
  expect([...spout.values].sort()).toEqual(numbered(25).sort());
  await topics.admin.deleteTopics({ topics: ['growing'] });
  await spout.until('its end', ({ reports }) => reports.some((each) => /grow/.test(each)));
  await topics.create('growing', 1);
  await topics.produce('growing', numbered(5, 25));
  await spout.untilRead(30);
  await spout.close();
  expect(spout.values.slice(25)).toEqual(numbered(5, 25));
});

it('tells the time of a message, and puts away by name what it cannot decode', async () => {
  for (const topic of ['mixed', 'dead']) await topics.create(topic, 1);
  await topics.produce('mixed', ['{"n":1}', 'no JSON', '{"n":2}']);
  const spout = await LoneSpout.open({
    ...{ brokers: broker.address, topics: 'mixed', group: 'mixed', value: json },
    deadLetterTopic: 'dead',
  });
  await spout.untilRead(2);
  await spout.close();
  expect(spout.emitted.map(({ offset }) => offset)).toEqual([0, 2]);
  expect(spout.values).toEqual([{ n: 1 }, { n: 2 }]);
  expect(Math.abs((spout.emitted[0]?.timestampMs ?? 0) - Date.now())).toBeLessThan(600_000);
  expect(spout.reports.join()).toMatch(/message mixed, partition 0, offset 1 cannot be decoded/);
  const letters = await LoneSpout.open({ brokers: broker.address, topics: 'dead', group: 'dead' });
  await letters.untilRead(1);
  await letters.close();
  expect(letters.values).toEqual(['no JSON']);
  expect(letters.emitted[0]?.headers).toMatchObject({
    ...{ 'gearstorm.topic': 'mixed', 'gearstorm.partition': '0', 'gearstorm.offset': '1' },
    'gearstorm.attempts': '1',
  });
});

it.each([
  ['gzip', 'snappy'],
  ['snappy', 'lz4'],
  ['lz4', 'zstd'],
  ['zstd', 'gzip'],
] as const)('writes %s for Java to unpack, and reads %s of Java', async (ours, theirs) => {
  const topic = `from-${ours}`;
  // the broker packs anew what comes packed otherwise
  await topics.create(topic, 1, { 'compression.type': theirs, 'max.message.bytes': '10000000' });
  const values = ['', 'short', 'x'.repeat(3_000_000), ...numbered(300), 'ünïcode'];
  const { acked } = await boltAlone(
    { brokers: broker.address, topic, compression: ours, lingerMs: 50 },
    values,
  );
  expect(acked.length).toBe(values.length);
  const spout = await read(topic);
  await spout.untilRead(values.length);
  await spout.close();
  expect(spout.values.map(digest)).toEqual(values.map(digest));
  expect(spout.emitted[2]?.headers).toEqual({ bytes: '3000000' });
  expect(spout.reports).toEqual([]);
});

it('fails by name what a bolt cannot write, and writes the rest', async () => {
  const topic = 'short';
  await topics.create(topic, 1, { 'max.message.bytes': '1000' });
  const long = 'x'.repeat(5_000);
  const seen = await boltAlone({ brokers: broker.address, topic }, ['a', long, 'b']);
  expect([seen.acked, seen.failed]).toEqual([['a', 'b'], [long]]);
  expect(seen.reports[0]).toMatch(/a record of 5000 bytes for topic short, partition 0 could not/);
  const absent = await boltAlone({ brokers: broker.address, topic: 'absent' }, ['a']);
  expect(absent.reports[0]).toContain('topic absent');
});

// the last: the client of these tests, which asks for all topics that it knows, is refused from here on
it('says by name what a spout cannot have, and reads the rest', async () => {
  await topics.create('open', 1);
  await topics.create('secret', 1);
  await topics.produce('open', ['a', 'b']);
  await topics.forbid('secret');
  const names = ['open', 'secret', 'absent'];
  const spout = await LoneSpout.open({ brokers: broker.address, topics: names, group: 'curious' });
  await spout.until('two messages and two reports', ({ values, reports }) => {
    return values.length === 2 && reports.length >= 2;
  });
  await spout.close();
  expect(spout.values).toEqual(['a', 'b']);
  expect(spout.reports.join('\n')).toMatch(/topic secret: Not authorized/);
  expect(spout.reports.join('\n')).toMatch(/topic absent: This server does not host/);
});
