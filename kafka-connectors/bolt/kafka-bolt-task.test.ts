import { expect, it } from 'vitest';
import { partitionOfKey } from '../murmur2.ts';
import type { KafkaBoltOptions } from './bolt-options.ts';
import { BoltRun } from './bolt-run.fixture.ts';
import { KafkaBoltTask } from './kafka-bolt-task.ts';

interface Word {
  readonly word: string;
}

function start(options: Partial<KafkaBoltOptions<Word>> = {}) {
  const run = new BoltRun<Word>();
  run.kafka.create('out', 3);
  const all: KafkaBoltOptions<Word> = {
    ...{ brokers: 'none:1', topic: 'out' },
    record: ({ values: { word } }) => ({ key: word, value: word }),
    ...options,
  };
  const task = new KafkaBoltTask(
    all,
    { writer: run.kafka.writer(), clock: run.clock },
    run.outcome,
  );
  return { run, task };
}

const words = (...all: readonly string[]) => all.map((word) => ({ word }));

it('acks a tuple when it is written, and not before', async () => {
  const { run, task } = start({ lingerMs: 50 });
  run.execute(task, ...words('a', 'b'));
  await run.pass(40);
  expect(run.acked).toEqual([]);
  await run.pass(20);
  expect(run.acked).toEqual(words('a', 'b'));
  expect([...run.kafka.values('out')].sort()).toEqual(['a', 'b']);
});

it('chooses the partition of a key as Kafka does', async () => {
  const { run, task } = start();
  run.execute(task, ...words('a', 'b', 'c', 'd', 'e'));
  await run.pass(100);
  const expected = ['a', 'b', 'c', 'd', 'e']
    .map((word) => ({ word, partition: partitionOfKey(Buffer.from(word), 3) }))
    .sort((one, other) => one.partition - other.partition)
    .map(({ word }) => word);
  expect(run.kafka.values('out')).toEqual(expected);
});

it('writes where a record says, with its headers, several for one tuple or none', async () => {
  const { run, task } = start({
    record: ({ values: { word } }) =>
      word === 'none'
        ? null
        : [
            { topic: 'other', partition: 1, value: word, headers: { of: 'w' }, timestampMs: 7 },
            { value: null, key: word },
          ],
  });
  run.kafka.create('other', 2);
  run.execute(task, ...words('a', 'none'));
  await run.pass(100);
  expect(run.acked).toHaveLength(2);
  const [record] = run.kafka.records('other');
  expect(record).toMatchObject({ timestampMs: 7, headers: [{ name: 'of' }] });
  expect(run.kafka.records('out')[0]?.value).toBeNull();
});

it('fails one tuple that is too large, and no other of its batch', async () => {
  const { run, task } = start();
  run.kafka.recordBytesMax = 3;
  run.execute(task, ...words('a', 'large', 'b'));
  await run.pass(100);
  expect(run.failed).toEqual(words('large'));
  expect(run.acked).toEqual(words('a', 'b'));
  expect(run.reports[0]).toMatch(/a record of 10 bytes for topic out, partition \d could not be/);
});

it('fails what it cannot write, by name, and goes on when it can', async () => {
  const { run, task } = start();
  run.kafka.isReachable = false;
  run.execute(task, ...words('a'));
  await run.pass(100);
  run.kafka.isReachable = true;
  run.execute(task, ...words('b'));
  await run.pass(100);
  expect([run.failed, run.acked]).toEqual([words('a'), words('b')]);
  expect(run.reports[0]).toContain('no Kafka broker answers');
});

it('fails a tuple of which no record can be made, and one for a topic that is not there', async () => {
  const { run, task } = start({
    record: ({ values: { word } }) => ({ value: word, topic: word === 'a' ? '' : 'absent' }),
  });
  run.execute(task, ...words('a', 'b'));
  await run.pass(100);
  expect(run.failed).toHaveLength(2);
  expect(run.reports.join()).toMatch(/names no topic.*topic absent: it does not exist/);
});

it('takes no more tuples than it may hold until some are written', async () => {
  const { run, task } = start({ unwrittenMax: 2, lingerMs: 10 });
  const answers = run.execute(task, ...words('a', 'b'));
  expect(answers[0]).toBeUndefined();
  let hasRoom = false;
  void (answers[1] as Promise<void>).then(() => {
    hasRoom = true;
  });
  await run.pass(5);
  expect(hasRoom).toBe(false);
  await run.pass(20);
  expect(hasRoom).toBe(true);
});
