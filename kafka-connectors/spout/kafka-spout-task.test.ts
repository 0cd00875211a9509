import { describe, expect, it } from 'vitest';
import { type RunOptions, SpoutRun, startOn } from './spout-run.fixture.ts';

describe('what is committed', () => {
  it('is the lowest offset that is not acked, in whatever order acks come', async () => {
    const run = await startOn(['a', 'b', 'c', 'd']);
    expect(run.values).toEqual(['a', 'b', 'c', 'd']);
    run.ack('b', 'c');
    await run.pass(1_000);
    expect(run.committed()).toBe(0);
    run.ack('a');
    await run.pass(1_000);
    expect(run.committed()).toBe(3);
    run.ack('d');
    await run.pass(1_000);
    expect(run.committed()).toBe(4);
  });

  it('never passes a message that failed and is to be emitted again', async () => {
    const run = await startOn(['a', 'b'], { retry: { initialMs: 5_000 } });
    run.fail('a');
    run.ack('b');
    await run.pass(4_000);
    expect(run.committed()).toBe(0);
    await run.pass(1_500);
    expect(run.values).toEqual(['a', 'b', 'a']);
    run.ack('a');
    await run.pass(1_000);
    expect(run.committed()).toBe(2);
  });

  it('passes offsets that hold no message', async () => {
    const run = new SpoutRun();
    run.kafka.create('in', 1);
    run.kafka.write('in', 0, 'a');
    run.kafka.skip('in', 0, 4);
    run.kafka.write('in', 0, 'b');
    run.kafka.skip('in', 0, 2);
    await run.start();
    run.ack('a');
    await run.pass(1_000);
    expect(run.committed()).toBe(5);
    expect(run.task.lags()[0]).toMatchObject({ lag: 3, endOffset: 8, doneOffset: 5 });
    run.ack('b');
    await run.pass(1_000);
    expect(run.committed()).toBe(8);
    expect(run.task.lags()).toEqual([
      { topic: 'in', partition: 0, lag: 0, endOffset: 8, doneOffset: 8 },
    ]);
  });

  it('is said again before brokers forget it', async () => {
    const run = await startOn(['a']);
    run.ack('a');
    await run.pass(2_000);
    const { length } = run.kafka.commits;
    await run.pass(60_000);
    expect(run.kafka.commits).toHaveLength(length);
    await run.pass(3_600_000);
    expect(run.kafka.commits.length).toBeGreaterThan(length);
  });

  it('is what was acked when the task is closed', async () => {
    const run = await startOn(['a', 'b']);
    run.ack('a');
    await run.task.close();
    expect(run.committed()).toBe(1);
  });

  it('is left to the bolt that writes with exactlyOnce, but for the first offset', async () => {
    const run = await startOn(['a'], { commitBy: 'sink' });
    run.ack('a');
    await run.pass(5_000);
    await run.task.close();
    expect(run.committed()).toBe(0);
  });
});

describe('a message that fails', () => {
  it('comes again after a delay that doubles up to a bound', async () => {
    const run = await startOn(['a'], { retry: { initialMs: 100, maxMs: 300 } });
    const delays: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt++) {
      const failedMs = run.clock.now();
      run.fail('a');
      while (run.values.length === attempt) await run.pass(10);
      delays.push(run.clock.now() - failedMs);
    }
    expect(delays).toEqual([100, 200, 300, 300]);
  });

  it('goes to the dead-letter topic after its last attempt, and is done when it is safe there', async () => {
    const options = { retry: { attemptsMax: 2 }, deadLetterTopic: 'dead' };
    const run = await startOn(['a', 'b'], options);
    run.ack('b');
    run.fail('a');
    await run.pass(200);
    run.fail('a');
    await run.pass(1_500);
    expect(run.committed()).toBe(0); // the topic does not exist
    expect(run.reports.join()).toMatch(/message in, partition 0, offset 0 .*cannot go to dead/);
    run.kafka.create('dead', 1);
    await run.pass(120_000);
    expect(run.kafka.values('dead')).toEqual(['a']);
    const headers = run.kafka.records('dead')[0]?.headers ?? [];
    const texts = headers.map(({ name, value }) => `${name}=${Buffer.from(value ?? [])}`);
    expect(texts).toContain('gearstorm.offset=0');
    expect(texts).toContain('gearstorm.attempts=2');
    expect(run.committed()).toBe(2);
  });

  it('is done by its place alone when it is too large for the dead-letter topic, and spoils no other', async () => {
    const options = { retry: { attemptsMax: 1 }, deadLetterTopic: 'dead' };
    const run = await startOn(['a', 'far too long', 'b'], options);
    run.kafka.create('dead', 1);
    run.kafka.recordBytesMax = 5;
    run.fail('a', 'far too long', 'b');
    await run.pass(1_500);
    expect(run.kafka.values('dead')).toEqual(['a', '', 'b']);
    const headers = run.kafka.records('dead')[1]?.headers ?? [];
    const texts = headers.map(({ name, value }) => `${name}=${Buffer.from(value ?? [])}`);
    expect(texts).toContain('gearstorm.offset=1');
    expect(texts).toContain(
      'gearstorm.reason=failed 1 times; its 12 bytes are too large for this topic',
    );
    expect([run.committed(), run.reports]).toEqual([3, []]);
  });

  it('is given up by name after its last attempt without a dead-letter topic', async () => {
    const run = await startOn(['a'], { retry: { attemptsMax: 1 } });
    run.fail('a');
    await run.pass(1_000);
    expect(run.reports).toEqual(['message in, partition 0, offset 0 was given up: failed 1 times']);
    expect(run.committed()).toBe(1);
  });

  it('holds back the next of its partition when they are ordered', async () => {
    const run = await startOn(['a', 'b'], { ordered: true });
    expect(run.values).toEqual(['a']);
    run.fail('a');
    await run.pass(1_000);
    expect(run.values).toEqual(['a', 'a']);
    run.ack('a');
    await run.pass(100);
    expect(run.values).toEqual(['a', 'a', 'b']);
  });
});

describe('bounds', () => {
  it('stops emitting at so many unacked messages of a partition, and goes on with acks', async () => {
    const run = await startOn(['a', 'b', 'c', 'd'], { inFlightMax: 2 });
    expect(run.values).toEqual(['a', 'b']);
    run.ack('b');
    await run.pass(10);
    expect(run.values).toEqual(['a', 'b', 'c']);
  });

  it('stops emitting so far ahead of the lowest unacked message', async () => {
    const run = await startOn(['a', 'b', 'c', 'd'], { uncommittedMax: 3 });
    run.ack('b', 'c');
    await run.pass(10);
    expect(run.values).toEqual(['a', 'b', 'c']);
    run.ack('a');
    await run.pass(10);
    expect(run.values).toEqual(['a', 'b', 'c', 'd']);
  });

  it('emits no more than a crash may repeat while what is acked cannot be committed', async () => {
    const run = await startOn(['a', 'b', 'c', 'd', 'e'], { uncommittedMax: 3 });
    run.kafka.isReachable = false;
    run.ack('a', 'b', 'c');
    await run.pass(5_000);
    expect(run.values).toEqual(['a', 'b', 'c']);
    expect(run.reports.join()).toContain('in/0 at offset 3');
    run.kafka.isReachable = true;
    await run.pass(5_000);
    expect(run.values).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('where a partition begins', () => {
  const at = async (options: RunOptions) => (await startOn(['a', 'b', 'c'], options)).values;

  it('is its first message, its end, or an offset', async () => {
    expect(await at({})).toEqual(['a', 'b', 'c']);
    expect(await at({ start: 'latest' })).toEqual([]);
    expect(await at({ start: { offsets: { in: { 0: 2 } } } })).toEqual(['c']);
    expect(await at({ start: { offsets: { other: { 0: 2 } } } })).toEqual(['a', 'b', 'c']);
  });

  it('is the first message of a time, or the end when there is none so late', async () => {
    const run = new SpoutRun({ start: { timestampMs: 20 } });
    run.kafka.create('in', 2);
    run.kafka.write('in', 0, 'early');
    run.kafka.write('in', 1, 'early');
    await run.pass(20);
    run.kafka.write('in', 0, 'late');
    await run.start();
    expect(run.values).toEqual(['late']);
    run.kafka.write('in', 1, 'later');
    await run.pass(1_000);
    expect(run.values).toEqual(['late', 'later']);
  });

  it('is what was committed, also where that was before the first ack', async () => {
    const run = await startOn(['a'], { start: 'latest' });
    run.kafka.write('in', 0, 'b');
    await run.pass(1_000);
    expect(run.values).toEqual(['b']);
    const next = await new SpoutRun({ start: 'latest' }, run).start();
    expect(next.values).toEqual(['b']);
  });

  it('is the start again for another topology that does not resume, and not for a restart', async () => {
    const first = await startOn(['a', 'b']);
    first.ack('a', 'b');
    await first.task.close();
    const other = await new SpoutRun({ resume: false, stormId: 'again-2-2' }, first).start();
    expect(other.values).toEqual(['a', 'b']);
    other.ack('a');
    await other.task.close();
    const restarted = await new SpoutRun({ resume: false, stormId: 'again-2-2' }, other).start();
    expect(restarted.values).toEqual(['b']);
  });
});

describe('how far a partition is behind', () => {
  it('is told also while so much is held that nothing is fetched', async () => {
    const run = await startOn(['a', 'b'], { fetchBytes: 1, inFlightMax: 1 });
    run.kafka.write('in', 0, 'c', 'd');
    await run.pass(5_000);
    expect([run.values, run.task.lags()]).toMatchObject([['a'], [{ lag: 4, endOffset: 4 }]]);
  });
});

describe('what cannot be had', () => {
  it('for a while is not begun anew', async () => {
    const run = await startOn(['a', 'b'], { refreshSecs: 1 });
    run.kafka.unavailable.add('in');
    await run.pass(3_000);
    run.kafka.unavailable.clear();
    await run.pass(3_000);
    run.ack('a', 'b');
    await run.pass(1_500);
    expect([run.values, run.committed()]).toEqual([['a', 'b'], 2]);
  });

  it('is named when the log was cut behind the group, which goes on at its begin', async () => {
    const run = await startOn(['a', 'b', 'c', 'd']);
    run.ack('a');
    await run.task.close();
    run.kafka.truncate('in', 0, 3);
    const next = await new SpoutRun({}, run).start();
    await next.pass(1_000);
    expect(next.values).toEqual(['d']);
    expect(next.reports).toEqual([
      'in/0 has nothing at offset 1 any more, or not yet: going on at 3',
    ]);
  });

  it('ends the spout by name when it is to stop there', async () => {
    const run = await startOn(['a', 'b']);
    await run.task.close();
    run.kafka.truncate('in', 0, 1);
    await expect(new SpoutRun({ outOfRange: 'stop' }, run).start()).rejects.toThrow(
      'in/0 has nothing at offset 0 any more',
    );
  });
});

describe('what cannot be read', () => {
  it('is left out by name when its batch cannot be read', async () => {
    const run = await startOn(['a', 'b', 'c']);
    run.ack('a', 'b', 'c');
    await run.pass(1_500);
    run.kafka.write('in', 0, 'x', 'y');
    run.kafka.setProblem('in', 0, {
      ...{ kind: 'undecodable', message: 'compressed by unknown codec 7', skipTo: 4 },
    });
    await run.pass(600);
    run.kafka.setProblem('in', 0, null);
    await run.pass(1_500);
    expect(run.reports[0]).toBe(
      'in/0: the messages from offset 3 to 3 cannot be read: compressed by unknown codec 7; they are left out',
    );
    expect(run.values.at(-1)).toBe('y');
  });

  it('is left out by name when it is no text', async () => {
    const run = new SpoutRun();
    run.kafka.create('in', 1);
    await run.kafka.writer().send([
      {
        topic: 'in',
        partition: 0,
        key: null,
        value: Buffer.from([0xff]),
        headers: [],
        timestampMs: 0,
      },
    ]);
    run.kafka.write('in', 0, 'a');
    await run.start();
    expect(run.values).toEqual(['a']);
    expect(run.reports[0]).toMatch(
      /^message in, partition 0, offset 0 cannot be decoded: TypeError/,
    );
    run.ack('a');
    await run.pass(1_000);
    expect(run.committed()).toBe(2);
  });

  it('is left out by name when it is larger than it may be', async () => {
    const run = await startOn(['long text', 'a'], { messageBytesMax: 5 });
    expect(run.values).toEqual(['a']);
    expect(run.reports[0]).toMatch(/offset 0 cannot be decoded: .*9 bytes are more than 5/);
  });
});

it('tells that brokers do not answer, and nothing is lost meanwhile', async () => {
  const run = await startOn(['a']);
  run.kafka.isReachable = false;
  await run.pass(40_000);
  run.ack('a');
  run.kafka.write('in', 0, 'b');
  await run.pass(10_000);
  expect(run.reports.some((each) => /in\/0 at offset 1: no Kafka broker/.test(each))).toBe(true);
  expect(run.reports.length).toBeLessThan(10);
  run.kafka.isReachable = true;
  await run.pass(10_000);
  expect(run.values).toEqual(['a', 'b']);
  expect(run.committed()).toBe(1);
});
