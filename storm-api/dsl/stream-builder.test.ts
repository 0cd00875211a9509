import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { testTopology } from '../../runtime/native/index.ts';
import { basicBolt, bolt, field, spout, type Tuple } from '../builder/index.ts';
import { StreamBuilder } from './stream-builder.ts';

const lines = ['a b a', 'c a', '', 'b'];
const values = (result: Awaited<ReturnType<typeof testTopology>>, id: string, stream?: string) =>
  result.tuples(id, stream).map(({ values }) => values['value']);
const numbers = (end: number) => () => Array.from({ length: end }, (_, n) => n);
const ids = ({ topology }: ReturnType<StreamBuilder['build']>) =>
  topology.components.map(({ id }) => id);

describe('StreamBuilder', () => {
  it('counts words in one bolt between two changes of tasks, and acks every line', async () => {
    const counted: string[] = [];
    const builder = new StreamBuilder('words');
    builder
      .stream('lines', () => lines)
      .flatMap((line) => line.split(' '))
      .filter((word) => word !== '')
      .groupBy((word) => word)
      .reduce((count) => count + 1, 0)
      .parallelism(3)
      .map(({ key, value }) => `${key}:${value}`)
      .sink((text) => counted.push(text));
    const program = builder.build();
    expect(ids(program)).toEqual(['lines', 'flatMap-filter', 'reduce-map-sink']);
    const result = await testTopology(program);
    expect(counted.sort()).toEqual(['a:1', 'a:2', 'a:3', 'b:1', 'b:2', 'c:1']);
    expect(result.acked('lines')).toHaveLength(4);
    expect(new Set(result.tuples('flatMap-filter').map(({ values }) => values['key']))).toEqual(
      new Set(['a', 'b', 'c']),
    );
  });
});

describe('functions of a stream', () => {
  it('awaits promises of its functions, several at a time if they may be', async () => {
    let running = 0;
    let most = 0;
    const builder = new StreamBuilder('async');
    builder
      .stream('numbers', numbers(20))
      .map(async (n) => {
        running += 1;
        most = Math.max(most, running);
        for (let turn = 0; turn < 9; turn++) await nextTurn();
        running -= 1;
        return n * 2;
      })
      .filter(async (n) => n % 4 === 0)
      .flatMap(async function* (n) {
        yield n;
        yield n + 1;
      })
      .named('slow')
      .concurrency(4);
    const result = await testTopology(builder.build());
    expect(values(result, 'slow')).toHaveLength(20);
    expect(result.acked('numbers')).toHaveLength(20);
    expect(most).toBe(4);
  });

  it('sends a value to the first branch that wants it', async () => {
    const builder = new StreamBuilder('branches');
    const [fizz, odd] = builder.stream('numbers', numbers(10)).branch(
      (n) => n % 3 === 0,
      (n) => n % 2 === 1,
    );
    const seen: { fizz: number[]; odd: number[] } = { fizz: [], odd: [] };
    fizz.sink((n) => seen.fizz.push(n));
    odd.shuffle().sink((n) => seen.odd.push(n));
    const result = await testTopology(builder.build());
    expect(seen).toEqual({ fizz: [0, 3, 6, 9], odd: [1, 5, 7] });
    expect(result.acked('numbers')).toHaveLength(10);
  });

  it('merges streams of functions, of spouts and of bolts', async () => {
    const words = spout({
      streams: { default: { word: field<string>() } },
      source: () => [{ values: { word: 'x' } }, { values: { word: 'y' } }],
    });
    const builder = new StreamBuilder('merged');
    const seen: string[] = [];
    builder
      .stream('numbers', numbers(2))
      .map((n) => ({ word: String(n) }))
      .merge(builder.stream('words', words))
      .sink(({ word }) => seen.push(word));
    await testTopology(builder.build());
    expect(seen.sort()).toEqual(['0', '1', 'x', 'y']);
  });
});

it('tells hooks and metrics consumers what its components do', async () => {
  const builder = new StreamBuilder('watched', {
    'topology.builtin.metrics.bucket.size.secs': 1,
  });
  const told = new Map<string, unknown>();
  let executed = 0;
  builder
    .hook(() => ({
      boltExecute: () => {
        executed += 1;
      },
    }))
    .metricsConsumer('test', {
      prepare: () => ({
        handleDataPoints: ({ componentId }, points) => {
          for (const { name, value } of points) told.set(`${componentId} ${name}`, value);
        },
      }),
    });
  builder
    .stream('lines', () => ['a', 'b'])
    .map((line) => line)
    .named('same')
    .shuffle()
    .sink(() => {});
  await testTopology(builder.build(), {}, { atLeastSecs: 1.5 });
  expect(executed).toBeGreaterThanOrEqual(4);
  expect(told.get('lines __ack-count')).toEqual(new Map([['default', 2]]));
  expect(told.get('same __execute-count')).toEqual(new Map([['lines:default', 2]]));
  expect(told.get('same __emit-count')).toEqual(new Map([['default', 2]]));
});

describe('windows and failures', () => {
  it('gives a value once that comes from one stream by two ways', async () => {
    const words = spout({
      streams: { default: { word: field<string>() } },
      source: () => [{ values: { word: 'x' } }],
    });
    const seen: string[] = [];
    const builder = new StreamBuilder('once');
    const source = builder.stream('words', words);
    source.merge(source, source.output('default')).sink(({ word }) => seen.push(word));
    await testTopology(builder.build());
    expect(seen).toEqual(['x']);
  });

  it('closes windows by count and by time, and acks what was in them', async () => {
    const builder = new StreamBuilder('windows');
    const source = builder.stream('numbers', numbers(7));
    source.window({ count: 3, secs: 5 }).named('all');
    source
      .groupBy((n) => n % 2 === 0)
      .window({ secs: 2 })
      .named('parity');
    const result = await testTopology(builder.build());
    expect(values(result, 'all')).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
    expect(values(result, 'parity')).toEqual([
      { key: true, values: [0, 2, 4, 6] },
      { key: false, values: [1, 3, 5] },
    ]);
    expect(result.acked('numbers')).toHaveLength(7);
    expect(result.seconds).toBeGreaterThanOrEqual(5);
  });

  it('fails what a function throws at, emits it again, and goes on', async () => {
    const thrown = new Set<number>();
    const seen: number[] = [];
    const builder = new StreamBuilder('throwing');
    builder
      .stream('numbers', numbers(10))
      .map((n) => {
        if (n % 4 !== 0 || thrown.has(n)) return n;
        thrown.add(n);
        throw new Error(`not ${n}`);
      })
      .sink((n) => seen.push(n));
    const result = await testTopology(builder.build());
    expect(result.failed('numbers')).toEqual([0, 4, 8]);
    expect(seen.sort((a, b) => a - b)).toEqual(numbers(10)());
    expect(result.errors.map(({ restarts }) => restarts)).toEqual([false, false, false]);
  });
});

describe('bolts of the user in a stream', () => {
  it('are given fields and keys, and go on by any of their streams', async () => {
    const lengths = basicBolt({
      streams: { default: { length: field<number>() }, empty: { at: field<number>() } },
      execute: ({ values: { line, at } }: Tuple<{ line: string; at: number }>, collector) => {
        if (line === '') collector.emit({ at }, { stream: 'empty' });
        else collector.emit({ length: line.length });
      },
    });
    const total = bolt({
      streams: { default: { sum: field<number>() } },
      prepare: (_, collector) => {
        let sum = 0;
        return {
          execute: (tuple: Tuple<{ key: string; value: number }>) => {
            sum += tuple.values.value;
            collector.emit({ sum }, { anchors: tuple });
            collector.ack(tuple);
          },
        };
      },
    });
    const empty: number[] = [];
    const builder = new StreamBuilder('bolts');
    const measured = builder
      .stream('lines', () => lines.entries())
      .map(([at, line]) => ({ at, line, more: true }))
      .fields({ line: field<string>(), at: field<number>() })
      .process(lengths);
    measured.output('empty').sink(({ at }) => empty.push(at));
    measured
      .map(({ length }) => length)
      .groupBy(() => 'all')
      .process(total)
      .named('total')
      .parallelism(2);
    const result = await testTopology(builder.build());
    expect(empty).toEqual([2]);
    expect(result.tuples('total').at(-1)?.values).toEqual({ sum: 9 });
    expect(new Set(result.tuples('total').map(({ task }) => task)).size).toBe(1);
    expect(result.acked('lines')).toHaveLength(4);
  });
});

describe('what cannot be', () => {
  const start = () => new StreamBuilder('wrong').stream('numbers', numbers(3));

  it('does not compile when types do not fit', () => {
    const words = basicBolt({
      streams: {},
      execute: ({ values }: Tuple<{ word: string }>) => void values.word,
    });
    // @ts-expect-error a number has no such method
    start().map((n) => n.toUpperCase());
    // @ts-expect-error the bolt wants a field word
    start().process(words);
    // @ts-expect-error values are numbers, which have no fields
    start().fields({ word: field<string>() });
    start()
      .map((n) => ({ word: n }))
      // @ts-expect-error the field is a number
      .fields({ word: field<string>() });
    // @ts-expect-error an object is no key
    start().groupBy((n) => ({ n }));
    start()
      .groupBy(String)
      // @ts-expect-error the state is a string
      .reduce<string>((sum, n) => sum + n, 0);
    start()
      .groupBy(String)
      .reduce((sum) => sum + 1, 0)
      // @ts-expect-error the value is an object of key and value
      .map((sum: number) => sum);
    // @ts-expect-error a window needs a size
    expect(() => start().window({})).toThrow('a window has a whole count');
    const numbered = new StreamBuilder('typed').stream(
      'spout',
      spout({ streams: { odd: { n: field<number>() } }, source: () => [] }),
    );
    numbered.output('odd').map(({ n }) => n + 1);
    // @ts-expect-error the spout has no such stream
    numbered.output('even');
    // @ts-expect-error nor does it have a stream default
    numbered.map(({ n }) => n);
  });

  it('is refused when it is built or run', async () => {
    const long = new StreamBuilder('long');
    long.stream('numbers', numbers(1)).window({ secs: 30 });
    expect(() => long.build()).toThrow('as long as topology.message.timeout.secs, which is 30');
    expect(() => start().merge(start())).toThrow('streams of two programs cannot be merged');
    const named = new StreamBuilder('named');
    named.stream('numbers', numbers(1)).map(String).named('numbers');
    expect(() => named.build()).toThrow('there are two components numbers');
    const twice = new StreamBuilder('twice');
    twice.stream('same', numbers(1));
    expect(() => twice.stream('same', numbers(1))).toThrow('there are two components same');
    const keyed = new StreamBuilder('keyed');
    keyed
      .stream('numbers', numbers(1))
      .groupBy(() => undefined as unknown as string)
      .reduce((sum) => sum, 0);
    const { errors } = await testTopology(keyed.build(), {}, { limitSecs: 0.01 });
    expect(String(errors[0]?.error)).toContain('groupBy gave undefined: a key is');
  });
});
