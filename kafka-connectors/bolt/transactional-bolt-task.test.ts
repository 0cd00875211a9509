import { expect, it } from 'vitest';
import type { SourcePosition } from '../spout/message.ts';
import { BoltRun } from './bolt-run.fixture.ts';
import { TransactionalBoltTask } from './transactional-bolt-task.ts';

interface Copied {
  readonly text: string;
  readonly position: SourcePosition;
}

const at = (offset: number, previous = offset - 1): Copied => ({
  text: `m${offset}`,
  position: { group: 'g', topic: 'in', partition: 0, offset, previous },
});

async function start(committed: number | null = 0, before?: BoltRun<Copied>) {
  const run = before ?? new BoltRun<Copied>();
  run.kafka.create('in', 1);
  run.kafka.create('out', 1);
  const reader = run.kafka.reader();
  if (committed !== null) {
    await reader.commit('g', [{ topic: 'in', partition: 0, offset: committed }], '');
  }
  const writer = run.kafka.transactionalWriter();
  const task = new TransactionalBoltTask<Copied>(
    {
      ...{ brokers: 'none:1', topic: 'out' },
      record: ({ values: { text } }) => ({ value: text }),
      exactlyOnce: ({ values: { position } }) => position,
    },
    { writer, reader, clock: run.clock },
    { stormId: 'copy-1-1', collector: run.outcome },
  );
  return { run, task };
}

it('commits the offsets of what it writes together with it', async () => {
  const { run, task } = await start();
  run.execute(task, at(0), at(1));
  await run.pass(100);
  expect(run.kafka.values('out')).toEqual(['m0', 'm1']);
  expect(run.kafka.committedOffset('g', 'in', 0)).toBe(2);
  expect(run.acked).toHaveLength(2);
});

it('waits for what is missing in front of a message', async () => {
  const { run, task } = await start();
  run.execute(task, at(1), at(2));
  await run.pass(100);
  expect(run.kafka.values('out')).toEqual([]);
  run.execute(task, at(0));
  await run.pass(100);
  expect(run.kafka.values('out')).toEqual(['m0', 'm1', 'm2']);
  expect(run.kafka.committedOffset('g', 'in', 0)).toBe(3);
});

it('does not wait for offsets that hold no message', async () => {
  const { run, task } = await start();
  run.execute(task, at(0), at(7, 0));
  await run.pass(100);
  expect(run.kafka.values('out')).toEqual(['m0', 'm7']);
  expect(run.kafka.committedOffset('g', 'in', 0)).toBe(8);
});

it('writes nothing of a message that an earlier life has committed', async () => {
  const { run, task } = await start(2);
  run.execute(task, at(0), at(1), at(2));
  await run.pass(100);
  expect(run.kafka.values('out')).toEqual(['m2']);
  expect(run.acked).toHaveLength(3);
});

it('writes a message once that comes again while it waits', async () => {
  const { run, task } = await start();
  run.execute(task, at(1));
  await run.pass(100);
  run.execute(task, at(1));
  await run.pass(100);
  expect(run.failed).toHaveLength(1);
  run.execute(task, at(0));
  await run.pass(100);
  expect(run.kafka.values('out')).toEqual(['m0', 'm1']);
});

it('fails everything that it holds when a transaction cannot be made, and begins anew', async () => {
  const { run, task } = await start();
  run.execute(task, at(1));
  await run.pass(100);
  run.kafka.isReachable = false;
  run.execute(task, at(0));
  await run.pass(100);
  expect(run.failed).toHaveLength(2);
  run.kafka.isReachable = true;
  run.execute(task, at(0), at(1));
  await run.pass(100);
  expect(run.kafka.values('out')).toEqual(['m0', 'm1']);
});

it('names a partition that no Kafka spout has begun', async () => {
  const { run, task } = await start(null);
  run.execute(task, at(0));
  await run.pass(100);
  expect(run.reports[0]).toContain('topic in, partition 0: group g has no offset');
  expect(run.failed).toHaveLength(1);
});

it('refuses tuples that do not say where they come from', async () => {
  const { task } = await start();
  const tuple = { values: { text: 'a', position: null } } as never;
  expect(() => task.execute(tuple)).toThrow('has to return a position of a Kafka spout');
});
