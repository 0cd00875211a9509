import { describe, expect, it } from 'vitest';
import { SpoutRun, startOn } from './spout-run.fixture.ts';

describe('topics and partitions', () => {
  it('are shared out by partition modulo tasks', async () => {
    const before = new SpoutRun();
    before.kafka.create('in', 5);
    for (let partition = 0; partition < 5; partition++)
      before.kafka.write('in', partition, `${partition}`);
    const shares = [];
    for (const taskIndex of [0, 1]) {
      const run = await new SpoutRun({ taskIndex, tasks: 2 }, before).start();
      shares.push([...run.values].sort());
    }
    expect(shares).toEqual([
      ['0', '2', '4'],
      ['1', '3'],
    ]);
  });

  it('are found by patterns of whole names, each partition by one task', async () => {
    const before = new SpoutRun();
    for (const topic of ['log-a', 'log-b', 'log-c', 'my-log-a']) {
      before.kafka.create(topic, 2);
      before.kafka.write(topic, 0, `${topic}/0`);
      before.kafka.write(topic, 1, `${topic}/1`);
    }
    const all: string[] = [];
    for (const taskIndex of [0, 1, 2]) {
      const run = await new SpoutRun({ topics: /log-./, taskIndex, tasks: 3 }, before).start();
      all.push(...run.values);
    }
    expect(all.sort()).toEqual(['log-a/0', 'log-a/1', 'log-b/0', 'log-b/1', 'log-c/0', 'log-c/1']);
  });
});

describe('topics and partitions that change', () => {
  it('that come later are read from their first message', async () => {
    const run = await startOn(['a'], { start: 'latest', refreshSecs: 5 });
    run.kafka.create('in', 2);
    run.kafka.write('in', 1, 'new');
    await run.pass(6_000);
    expect(run.values).toEqual(['new']);
  });

  it('that came while the spout was away are read from their first message', async () => {
    const run = await startOn(['a'], { start: 'latest' });
    await run.task.close();
    run.kafka.create('in', 2);
    run.kafka.write('in', 1, 'new');
    const next = await new SpoutRun({ start: 'latest' }, run).start();
    expect(next.values).toEqual(['new']);
    await next.task.close();
    run.kafka.create('in', 3);
    run.kafka.write('in', 2, 'x', 'y', 'z');
    const named = { start: { offsets: { in: { 2: 1 } } } };
    expect((await new SpoutRun(named, next).start()).values).toEqual(['new', 'y', 'z']);
  });

  it('that nobody leads are named, and hold up no other', async () => {
    const run = new SpoutRun({ start: 'latest' });
    run.kafka.create('in', 2);
    run.kafka.lead('in', 1, -1);
    await run.start();
    run.kafka.write('in', 0, 'a');
    await run.pass(1_500);
    expect([run.values, run.reports]).toEqual([['a'], ['topic in: no broker leads partition 1']]);
    run.kafka.lead('in', 1, 2);
    await run.pass(1_500);
    run.kafka.write('in', 1, 'b');
    await run.pass(1_500);
    expect(run.values).toEqual(['a', 'b']);
  });

  it('that are missing are named, and read when they are there', async () => {
    const run = await new SpoutRun().start();
    await run.pass(5_000);
    expect(run.reports).toEqual(['topic in: it does not exist']);
    run.kafka.create('in', 1);
    run.kafka.write('in', 0, 'a');
    await run.pass(2_000);
    expect(run.values).toEqual(['a']);
  });

  it('that are deleted and made again are read again', async () => {
    const run = await startOn(['a', 'b'], { refreshSecs: 5 });
    const [first] = run.emitted;
    run.kafka.delete('in');
    await run.pass(10_000);
    run.task.fail(first?.delivery);
    run.kafka.create('in', 1);
    run.kafka.write('in', 0, 'c');
    await run.pass(10_000);
    expect(run.values).toEqual(['a', 'b', 'c']);
    run.ack('c');
    await run.pass(2_000);
    expect(run.committed()).toBe(1);
  });
});
