import { describe, expect, it } from 'vitest';
import {
  bolt,
  field,
  type SourceDefinition,
  spout,
  TopologyBuilder,
  type Tuple,
} from '../../storm-api/builder/index.ts';
import { testTopology } from './test-topology.ts';

const streams = { default: { n: field<number>() } };
type Numbers = SourceDefinition<typeof streams>;

function program(
  definition: Omit<Numbers, 'streams'>,
  execute: (tuple: Tuple<{ n: number }>, answer: (failed: boolean) => void) => void,
  config = {},
) {
  const sink = bolt({
    streams: {},
    prepare: (_, collector) => ({
      execute: (tuple: Tuple<{ n: number }>) =>
        execute(tuple, (failed) => (failed ? collector.fail(tuple) : collector.ack(tuple))),
    }),
  });
  return new TopologyBuilder('numbers', config)
    .setSpout('numbers', spout({ ...definition, streams }))
    .setBolt('sink', sink)
    .shuffleGrouping('numbers')
    .build();
}

async function* upTo(end: number) {
  for (let n = 0; n < end; n++) yield { values: { n }, messageId: `id-${n}` };
}

describe('a spout that is a sequence', () => {
  it('emits all of it, tells acks and fails by message id, and lets the run end', async () => {
    const told: string[] = [];
    const topology = program(
      {
        source: () => upTo(4),
        ack: (id) => void told.push(`ack ${id}`),
        fail: (id) => void told.push(`fail ${id}`),
      },
      ({ values }, answer) => answer(values.n === 2),
    );
    const result = await testTopology(topology);
    expect(result.tuples('numbers').map(({ values }) => values['n'])).toEqual([0, 1, 2, 3]);
    expect(result.acked('numbers')).toEqual(['id-0', 'id-1', 'id-3']);
    expect(told.sort()).toEqual(['ack id-0', 'ack id-1', 'ack id-3', 'fail id-2']);
    expect(result.seconds).toBeLessThan(1);
  });

  it('is not asked for more than max.spout.pending allows', async () => {
    let asked = 0;
    let answered = 0;
    let most = 0;
    const held: (() => void)[] = [];
    const topology = program(
      {
        async *source() {
          for (let n = 0; n < 51; n++) {
            asked += 1;
            most = Math.max(most, asked - answered);
            yield { values: { n }, messageId: n };
          }
        },
        ack: () => {
          answered += 1;
        },
      },
      (_, answer) => {
        held.push(() => answer(false));
        if (held.length === 3) for (const each of held.splice(0)) each();
      },
      { 'topology.max.spout.pending': 3 },
    );
    const result = await testTopology(topology, {}, { limitSecs: 5 });
    expect(result.acked('numbers')).toHaveLength(51);
    expect(most).toBe(3);
  });
});

describe('a sequence with replay', () => {
  it('emits again what failed until it is acked', async () => {
    const seen = new Map<number, number>();
    const topology = program(
      {
        replay: true,
        *source() {
          for (let n = 0; n < 20; n++) yield { values: { n } };
        },
      },
      ({ values: { n } }, answer) => {
        seen.set(n, (seen.get(n) ?? 0) + 1);
        answer(seen.get(n) !== 1 + (n % 3));
      },
    );
    const result = await testTopology(topology);
    expect([...seen].every(([n, times]) => times === 1 + (n % 3))).toBe(true);
    expect(new Set(result.acked('numbers'))).toEqual(new Set(Array(20).keys()));
    expect(result.failed('numbers')).toHaveLength(6 + 2 * 7 - 1);
  });

  it('refuses one message id for two tuples under way', async () => {
    const topology = program(
      {
        replay: true,
        *source() {
          yield { values: { n: 1 }, messageId: 'x' };
          yield { values: { n: 2 }, messageId: 'x' };
        },
      },
      () => {},
    );
    const { errors } = await testTopology(topology, {}, { limitSecs: 0.05 });
    expect(String(errors[0]?.error)).toContain('message id x again before it is acked');
  });
});

describe('the life of a sequence', () => {
  it('begins anew when it throws, ever more slowly', async () => {
    const beginnings: number[] = [];
    const topology = program(
      {
        async *source(context) {
          beginnings.push(context.taskId);
          yield { values: { n: beginnings.length } };
          throw new Error('the connection broke');
        },
      },
      (_, answer) => answer(false),
    );
    const result = await testTopology(topology, {}, { limitSecs: 1 });
    expect(beginnings).toHaveLength(4); // after 0, 0.1, 0.3 and 0.7 s
    expect(result.errors[0]).toMatchObject({ component: 'numbers', restarts: true });
  });

  it('is ended when its task is closed, and told by the signal', async () => {
    const ends: string[] = [];
    const topology = program(
      {
        async *source(_, signal) {
          signal.addEventListener('abort', () => ends.push('signal'));
          try {
            for (let n = 0; ; n++) yield { values: { n } };
          } finally {
            ends.push('finally');
          }
        },
      },
      (_, answer) => answer(false),
    );
    await testTopology(topology, {}, { limitSecs: 0.01 });
    expect(ends).toEqual(['signal', 'finally']);
  });

  it('hears of acks while it waits for its next element', async () => {
    let release = () => {};
    const firstIsAcked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const acked: unknown[] = [];
    const topology = program(
      {
        async *source() {
          yield { values: { n: 1 }, messageId: 1 };
          await firstIsAcked;
          yield { values: { n: 2 }, messageId: 2 };
        },
        ack: (id) => {
          acked.push(id);
          release();
        },
      },
      (_, answer) => answer(false),
    );
    await testTopology(topology);
    expect(acked).toEqual([1, 2]);
  });

  it.each([
    ['a value instead of an object with values', () => [7], 'a source yields objects like'],
    ['nothing that can be walked', () => 7, 'a source returns an iterable'],
  ])('names what is wrong when it yields %s', async (_, source, message) => {
    const topology = program({ source: source as unknown as Numbers['source'] }, () => {});
    const { errors } = await testTopology(topology, {}, { limitSecs: 0.05 });
    expect(String(errors[0]?.error)).toContain(message);
  });
});

describe('the context', () => {
  it('knows the topology around a task', async () => {
    const seen: unknown[] = [];
    const sink = bolt({
      streams: {},
      prepare: (context, collector) => {
        seen.push(context.components, context.streams, context.fieldsOf('numbers'));
        seen.push(context.sources, context.workerTasks, context.maxMessageTimeoutSecs);
        return { execute: (tuple: Tuple<{ n: number }>) => collector.ack(tuple) };
      },
    });
    const topology = new TopologyBuilder('known', { 'topology.message.timeout.secs': 7 })
      .setSpout('numbers', spout({ streams, source: () => [] }))
      .setBolt('sink', sink)
      .fieldsGrouping('numbers', ['n'])
      .build();
    await testTopology(topology);
    const source = { source: 'numbers', stream: 'default', target: 'sink' };
    expect(seen).toEqual([
      ['numbers', 'sink'],
      [],
      ['n'],
      [{ ...source, grouping: 'fields', fields: ['n'] }],
      [2, 3],
      7,
    ]);
  });
});
