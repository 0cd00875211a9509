// Goal: DRPC functions in TypeScript answer each request with its own result, by whatever way its tuples
// go, and whoever is asked for something that fails hears so.
import { describe, expect, it } from 'vitest';
import {
  basicBolt,
  batchBolt,
  bolt,
  drpcSpout,
  field,
  LinearDrpcBuilder,
  returnResults,
  TopologyBuilder,
  type Tuple,
} from '../../storm-api/builder/index.ts';
import { testTopology } from './test-topology.ts';

const seeds = [1, 2, 3, 4, 5];
const letter = { request: field<string>(), letter: field<string>() };
const answer = { request: field<string>(), result: field<string>() };

type Request = { request: string; args: string };
type Letter = { request: string; letter: string };

const exclaim = basicBolt({
  streams: { default: { result: field<string>(), 'return-info': field<string>() } },
  execute: ({ values }: Tuple<{ args: string; 'return-info': string }>, collector) => {
    if (values.args === 'fail') throw new Error('as asked for');
    collector.emit({ result: `${values.args}!`, 'return-info': values['return-info'] });
  },
});

const exclamation = () =>
  new TopologyBuilder('exclamation')
    .setSpout('requests', drpcSpout('exclaim'), { parallelism: 2 })
    .setBolt('exclaim', exclaim, { parallelism: 3 })
    .shuffleGrouping('requests')
    .setBolt('answers', returnResults(), { parallelism: 2 })
    .shuffleGrouping('exclaim');

const split = basicBolt({
  streams: { default: letter },
  execute: ({ values: { request, args } }: Tuple<Request>, collector) => {
    for (const each of args) collector.emit({ request, letter: each });
    if (args === 'half') throw new Error('of the line, half is sent');
  },
});

/** Passes each letter once per request and task. */
const distinct = batchBolt({
  streams: { default: letter },
  begin: (request, collector) => {
    const letters = new Set<string>();
    return {
      execute: ({ values }: Tuple<Letter>) => void letters.add(values.letter),
      finish: () => {
        for (const each of letters) {
          if (each === '#') throw new Error('no sign is a letter');
          collector.emit({ request, letter: each });
        }
      },
    };
  },
});

const join = batchBolt({
  streams: { default: answer },
  begin: (request, collector) => {
    const letters: string[] = [];
    return {
      execute: async ({ values }: Tuple<Letter>) => {
        await Promise.resolve();
        letters.push(values.letter);
      },
      finish: async () => {
        await Promise.resolve();
        collector.emit({ request, result: letters.sort().join('') });
      },
    };
  },
});

const letters = () =>
  new LinearDrpcBuilder('letters', { 'topology.message.timeout.secs': 20 })
    .addBolt(split, { parallelism: 2 })
    .addBolt(distinct, { parallelism: 3 })
    .fieldsGrouping(['request', 'letter'])
    .addBolt(join, { parallelism: 2 })
    .fieldsGrouping(['request'])
    .build('letters');

const failed = { failure: 'Request failed' };

describe('a spout of requests', () => {
  it.each(seeds)('has each request answered with its own result (seed %i)', async (seed) => {
    const requests = ['a', '', 'fail', 'Grüße 😀\u0000'].map((args) => ({ args }));
    const result = await testTopology(exclamation().build(), { requests }, { seed });
    expect(result.answers('requests')).toEqual([
      { result: 'a!' },
      { result: '!' },
      failed,
      { result: 'Grüße 😀\u0000!' },
    ]);
    expect(result.tuples('requests')[0]?.values['return-info']).toBe(
      '{"id":"requests-0","host":"","port":0}',
    );
  });

  it('has a request fail that nobody finishes in time', async () => {
    const keep = bolt({
      streams: { default: { result: field<string>(), 'return-info': field<string>() } },
      prepare: () => ({ execute: (_: Tuple<{ args: string }>) => {} }),
    });
    const topology = new TopologyBuilder('keep', { 'topology.message.timeout.secs': 5 })
      .setSpout('requests', drpcSpout('keep'))
      .setBolt('keep', keep)
      .shuffleGrouping('requests')
      .build();
    const result = await testTopology(topology, { requests: [{ args: 'a' }] });
    expect(result.answers('requests')).toEqual([failed]);
  });

  it('is refused inputs that are no requests', async () => {
    const inputs = { requests: [{ argument: 'a' }] };
    await expect(testTopology(exclamation().build(), inputs)).rejects.toThrow(
      'requests gets DRPC requests: its inputs are like { args: "a" }',
    );
  });

  it('names its functions, which have to be names', () => {
    expect(() => new TopologyBuilder('odd').setSpout('requests', drpcSpout(''))).toThrow(
      'drpcFunctions of requests must be a list of names',
    );
  });
});

describe('returnResults', () => {
  it('tells what is no string as JSON, and fails what has no return-info', async () => {
    const values: Readonly<Record<string, unknown>> = { n: 1.5, big: 2n ** 60n, list: ['a', 1] };
    const look = basicBolt({
      streams: { default: { result: field<unknown>(), 'return-info': field<string>() } },
      execute: ({ list: [args, info] }: Tuple<{ args: string }>, collector) => {
        const known = String(args) in values;
        const result = values[String(args)];
        collector.emit({ result, 'return-info': known ? String(info) : '{}' });
      },
    });
    const topology = new TopologyBuilder('look')
      .setSpout('requests', drpcSpout('look'))
      .setBolt('look', look)
      .shuffleGrouping('requests')
      .setBolt('answers', returnResults())
      .shuffleGrouping('look')
      .build();
    const requests = ['n', 'big', 'list', 'unknown'].map((args) => ({ args }));
    const result = await testTopology(topology, { requests });
    expect(result.answers('requests')).toEqual([
      { result: '1.5' },
      { result: '"1152921504606846976"' },
      { result: '["a",1]' },
      failed,
    ]);
    expect(String(result.errors[0]?.error)).toContain('return-info of its request');
  });
});

describe('a line of bolts', () => {
  it.each(seeds)('finishes each request once all of it has come (seed %i)', async (seed) => {
    const spout = ['mississippi', 'the quick brown fox', '', 'x'].map((args) => ({ args }));
    const many = Array.from({ length: 50 }, (_, n) => ({ args: `${n * n}` }));
    const result = await testTopology(letters(), { spout: [...spout, ...many] }, { seed });
    const wanted = [...spout, ...many].map(({ args }) => [...new Set(args)].sort().join(''));
    expect(result.answers('spout')).toEqual(wanted.map((text) => ({ result: text })));
    expect(result.seconds).toBeLessThan(1);
    expect(result.acked('spout')).toHaveLength(wanted.length);
  });

  it('fails the request of which a bolt fails a tuple or cannot finish, and no other', async () => {
    const spout = ['abc', 'a#c', 'xyz', 'half'].map((args) => ({ args }));
    const failures = [
      { component: 'bolt2', kind: 'fail', when: ({ list }: Tuple) => list[1] === 'z' } as const,
    ];
    const result = await testTopology(letters(), { spout }, { failures });
    expect(result.answers('spout')).toEqual([{ result: 'abc' }, failed, failed, failed]);
    expect(new Set(result.errors.map(({ error }) => String(error)))).toEqual(
      new Set(['Error: no sign is a letter', 'Error: of the line, half is sent']),
    );
    expect(result.seconds).toBeLessThan(1);
  });

  it('forgets requests that are never finished, and fails them in their time', async () => {
    const spout = ['abc', 'lost'].map((args) => ({ args }));
    const failures = [
      { component: 'bolt1', kind: 'lose', when: ({ list }: Tuple) => list[1] === 's' } as const,
    ];
    const result = await testTopology(letters(), { spout }, { failures });
    expect(result.answers('spout')).toEqual([{ result: 'abc' }, failed]);
  });

  it('may be a single bolt, of requests or of whole batches', async () => {
    const shout = basicBolt({
      streams: { default: answer },
      execute: ({ values: { request, args } }: Tuple<Request>, collector) => {
        collector.emit({ request, result: args.toUpperCase() });
      },
    });
    const shoutAtTheEnd = batchBolt({
      streams: { default: answer },
      begin: (request, collector) => {
        let text = '';
        return {
          execute: ({ values }: Tuple<Request>) => {
            text += values.args.toUpperCase();
          },
          finish: () => void collector.emit({ request, result: text }),
        };
      },
    });
    const spout = ['a', 'b'].map((args) => ({ args }));
    for (const only of [shout, shoutAtTheEnd]) {
      const topology = new LinearDrpcBuilder('shout').addBolt(only, { parallelism: 3 });
      const result = await testTopology(topology.build('shout'), { spout });
      expect(result.answers('spout')).toEqual([{ result: 'A' }, { result: 'B' }]);
    }
  });

  it('is refused when it cannot answer', () => {
    const line = () => new LinearDrpcBuilder('letters');
    expect(() => line().build('x')).toThrow('a DRPC function needs a bolt');
    expect(() => line().addBolt(split).addBolt(join).build('x')).toThrow('bolt1 needs a grouping');
    const three = { ...answer, more: field<string>() };
    const wide = basicBolt({ streams: { default: three }, execute: (_: Tuple<Request>) => {} });
    expect(() => line().addBolt(wide).build('x')).toThrow('one stream of two fields');
    const ours = basicBolt({
      streams: { coordination: answer },
      execute: (_: Tuple<Request>) => {},
    });
    expect(() => line().addBolt(ours).build('x')).toThrow('bolt0 has a stream coordination');
  });

  it('is held to the streams and fields of the bolt before', () => {
    const line = () => new LinearDrpcBuilder('letters').addBolt(split).addBolt(join);
    // @ts-expect-error there is no such field
    line().fieldsGrouping(['word']);
    // @ts-expect-error there is no such stream
    line().shuffleGrouping('words');
    // @ts-expect-error the first bolt gets args, no letters
    new LinearDrpcBuilder('letters').addBolt(join).shuffleGrouping();
  });
});
