import { describe, expect, it } from 'vitest';
import {
  basicBolt,
  bolt,
  field,
  javaSpout,
  shellBolt,
  spout,
  TopologyBuilder,
  type Tuple,
} from '../../storm-api/builder/index.ts';
import { testTopology } from './test-topology.ts';

const sentences = spout({
  streams: { default: { sentence: field<string>() } },
  open: () => ({ nextTuple: () => {} }),
});

const split = basicBolt({
  streams: { default: { word: field<string>() } },
  execute: ({ values }: Tuple<{ sentence: string }>, collector) => {
    for (const word of values.sentence.split(' ')) collector.emit({ word });
  },
});

const count = bolt({
  streams: { default: { word: field<string>(), count: field<number>() } },
  prepare: (_, collector) => {
    const counts = new Map<string, number>();
    return {
      execute: (tuple: Tuple<{ word: string }>) => {
        const { word } = tuple.values;
        const next = (counts.get(word) ?? 0) + 1;
        counts.set(word, next);
        collector.emit({ word, count: next }, { anchors: tuple });
        collector.ack(tuple);
      },
    };
  },
});

function wordCount() {
  return new TopologyBuilder('word-count')
    .setSpout('sentences', sentences)
    .setBolt('split', split, { parallelism: 3 })
    .shuffleGrouping('sentences')
    .setBolt('count', count, { parallelism: 4 })
    .fieldsGrouping('split', ['word'])
    .build();
}

describe('testTopology', () => {
  it('counts words, acks every sentence once, and keeps a word on one task', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => ({ sentence: `a b${index % 7} c` }));
    const result = await testTopology(wordCount(), { sentences: lines });
    const counted = result.tuples('count');
    expect(counted).toHaveLength(600);
    expect(result.acked('sentences')).toHaveLength(200);
    expect(new Set(result.acked('sentences')).size).toBe(200);
    expect(result.failed('sentences')).toEqual([]);
    const tasks = new Set(
      counted.filter(({ values }) => values['word'] === 'a').map((t) => t.task),
    );
    expect(tasks.size).toBe(1);
    expect(counted.filter(({ values }) => values['word'] === 'a').at(-1)?.values['count']).toBe(
      200,
    );
  });

  it('is the same run for the same seed, and another for another', async () => {
    const lines = Array.from({ length: 50 }, (_, index) => ({ sentence: `w${index} x${index}` }));
    const run = async (seed: number) =>
      (await testTopology(wordCount(), { sentences: lines }, { seed })).tuples('split');
    expect(await run(7)).toEqual(await run(7));
    expect(await run(8)).not.toEqual(await run(7));
  });
});

describe('trees that fail', () => {
  it('fails what a bolt fails, at once, and what nobody acks, after the timeout', async () => {
    const picky = bolt({
      streams: {},
      prepare: (_, collector) => ({
        execute: (tuple: Tuple<{ sentence: string }>) => {
          if (tuple.values.sentence === 'bad') collector.fail(tuple);
          else if (tuple.values.sentence !== 'lost') collector.ack(tuple);
        },
      }),
    });
    const program = new TopologyBuilder('picky', { 'topology.message.timeout.secs': 10 })
      .setSpout('sentences', sentences)
      .setBolt('picky', picky)
      .shuffleGrouping('sentences')
      .build();
    const inputs = ['good', 'bad', 'lost', 'good'].map((sentence) => ({ sentence }));
    const result = await testTopology(program, { sentences: inputs });
    expect(result.acked('sentences')).toEqual([0, 3]);
    expect(result.failed('sentences')).toEqual([1, 2]);
    expect(result.seconds).toBeGreaterThanOrEqual(10);
    expect(result.seconds).toBeLessThanOrEqual(20);
  });

  it('begins the tasks of a throwing bolt anew and fails only what they held', async () => {
    let made = 0;
    const fragile = bolt({
      streams: {},
      prepare: (_, collector) => {
        made += 1;
        return {
          execute: (tuple: Tuple<{ sentence: string }>) => {
            if (tuple.values.sentence === 'bomb') throw new Error('it went off');
            collector.ack(tuple);
          },
        };
      },
    });
    const program = new TopologyBuilder('fragile')
      .setSpout('sentences', sentences)
      .setBolt('fragile', fragile)
      .shuffleGrouping('sentences')
      .build();
    const inputs = ['a', 'bomb', 'b'].map((sentence) => ({ sentence }));
    const result = await testTopology(program, { sentences: inputs });
    expect(result.failed('sentences')).toEqual([1]);
    expect(result.acked('sentences')).toEqual([0, 2]);
    expect(made).toBe(2);
    expect(result.errors).toMatchObject([
      { component: 'fragile', restarts: true, error: { message: 'it went off' } },
    ]);
  });
});

describe('basic bolts', () => {
  it('fails the tuple that a basic bolt throws at, and goes on', async () => {
    const fussy = basicBolt({
      streams: {},
      execute: async ({ values }: Tuple<{ sentence: string }>) => {
        if (values.sentence === 'bad') throw new Error('no');
      },
    });
    const program = new TopologyBuilder('fussy')
      .setSpout('sentences', sentences)
      .setBolt('fussy', fussy)
      .shuffleGrouping('sentences')
      .build();
    const inputs = ['a', 'bad', 'b'].map((sentence) => ({ sentence }));
    const result = await testTopology(program, { sentences: inputs });
    expect([result.acked('sentences'), result.failed('sentences')]).toEqual([[0, 2], [1]]);
    expect(result.errors).toMatchObject([{ restarts: false }]);
  });

  it('times out the tuple of a promise that never settles, and ends', async () => {
    const stuck = basicBolt({
      streams: {},
      concurrency: 2,
      execute: ({ values }: Tuple<{ sentence: string }>) =>
        values.sentence === 'stuck' ? new Promise<void>(() => {}) : Promise.resolve(),
    });
    const program = new TopologyBuilder('stuck', { 'topology.message.timeout.secs': 5 })
      .setSpout('sentences', sentences)
      .setBolt('stuck', stuck)
      .shuffleGrouping('sentences')
      .build();
    const inputs = ['stuck', 'a', 'b'].map((sentence) => ({ sentence }));
    const result = await testTopology(program, { sentences: inputs }, { limitSecs: 30 });
    expect(result.acked('sentences')).toEqual([1, 2]);
    expect(result.failed('sentences')).toEqual([0]);
  });
});

describe('a test run', () => {
  it('calls ticks in simulated time', async () => {
    const ticking = bolt({
      streams: { default: { seen: field<number>() } },
      tickSecs: 2,
      prepare: (_, collector) => {
        let seen = 0;
        return {
          execute: (tuple: Tuple<{ sentence: string }>) => {
            seen += 1;
            collector.ack(tuple);
          },
          tick: () => void collector.emit({ seen }),
        };
      },
    });
    const program = new TopologyBuilder('ticking')
      .setSpout('sentences', sentences)
      .setBolt('ticking', ticking)
      .shuffleGrouping('sentences')
      .build();
    const inputs = [{ sentence: 'a' }, { sentence: 'b' }];
    const result = await testTopology(program, { sentences: inputs }, { atLeastSecs: 7 });
    expect(result.tuples('ticking').map(({ values }) => values['seen'])).toEqual([2, 2, 2]);
  });

  it('calls ticks that a component has in its configuration, and those of a basic bolt', async () => {
    const ticking = basicBolt({
      streams: { default: { at: field<string>() } },
      execute: (_: Tuple<{ sentence: string }>) => {},
      tick: (collector, { componentId }) => void collector.emit({ at: componentId }),
    });
    const program = new TopologyBuilder('ticking')
      .setSpout('sentences', sentences)
      .setBolt('ticking', ticking, { config: { 'topology.tick.tuple.freq.secs': 3 } })
      .shuffleGrouping('sentences')
      .build();
    const result = await testTopology(program, { sentences: [] }, { atLeastSecs: 7 });
    expect(result.tuples('ticking').map(({ values }) => values['at'])).toEqual([
      'ticking',
      'ticking',
    ]);
  });

  it('injects failures of bolts, and replays inputs until they are acked', async () => {
    const lines = Array.from({ length: 40 }, (_, n) => ({ sentence: `w${n}` }));
    const run = (kind: 'fail' | 'throw' | 'lose', seed: number, replay: boolean) =>
      testTopology(
        wordCount(),
        { sentences: lines },
        { seed, replay, failures: [{ component: 'split', kind, share: 0.25, times: 10 }] },
      );
    for (const kind of ['fail', 'throw', 'lose'] as const) {
      const result = await run(kind, 3, true);
      expect(new Set(result.acked('sentences')).size).toBe(40);
      expect(result.failed('sentences').length).toBeGreaterThan(0);
    }
    const failed = (await run('fail', 3, false)).failed('sentences');
    expect((await run('fail', 3, false)).failed('sentences')).toEqual(failed);
    expect((await run('fail', 4, false)).failed('sentences')).not.toEqual(failed);
  });

  it('says which spout is not there', async () => {
    await expect(testTopology(wordCount(), { nobody: [] })).rejects.toThrow('no spout nobody');
  });
});

describe('groupings', () => {
  const sink = bolt({
    streams: { default: { task: field<number>(), sentence: field<string>() } },
    prepare: (context, collector) => ({
      execute: (tuple: Tuple<{ sentence: string }>) => {
        collector.emit({ task: context.taskId, sentence: tuple.values.sentence });
        collector.ack(tuple);
      },
    }),
  });
  const inputs = Array.from({ length: 12 }, (_, index) => ({ sentence: `s${index}` }));
  const start = () =>
    new TopologyBuilder('groupings')
      .setSpout('sentences', sentences)
      .setBolt('sink', sink, { parallelism: 3 });
  const tasksOf = async (program: ReturnType<ReturnType<typeof start>['build']>) =>
    (await testTopology(program, { sentences: inputs }))
      .tuples('sink')
      .map(({ values }) => values['task'] as number);

  it('shuffle gives every task the same share', async () => {
    const tasks = await tasksOf(start().shuffleGrouping('sentences').build());
    const shares = [...new Set(tasks)].map((task) => tasks.filter((each) => each === task).length);
    expect(shares).toEqual([4, 4, 4]);
  });

  it('all gives every task every tuple, global the lowest task', async () => {
    expect(await tasksOf(start().allGrouping('sentences').build())).toHaveLength(36);
    const tasks = await tasksOf(start().globalGrouping('sentences').build());
    expect([tasks.length, new Set(tasks).size]).toEqual([12, 1]);
  });

  it('custom asks a function, which may choose several tasks or none', async () => {
    const odd = start().customGrouping(
      'sentences',
      (_, tasks) => (_task, values) =>
        Number(String(values[0]).slice(1)) % 2 === 1 ? tasks.slice(1) : [],
    );
    const result = await testTopology(odd.build(), { sentences: inputs });
    expect(result.tuples('sink')).toHaveLength(12);
    expect(result.acked('sentences')).toHaveLength(12);
  });

  it('fields follows the hash that Java has', async () => {
    const program = start().fieldsGrouping('sentences', ['sentence']).build();
    const result = await testTopology(program, { sentences: inputs });
    const tasks = result.tuples('sink').map(({ values, task }) => [values['sentence'], task]);
    const [first] = [...new Set(tasks.map(([, task]) => task as number))].sort((a, b) => a - b);
    for (const [sentence, task] of tasks) {
      const code = 31 + javaHash(String(sentence));
      expect(task).toBe((first ?? 0) + (((code % 3) + 3) % 3));
    }
  });
});

/** As java.lang.String documents it. */
function javaHash(text: string): number {
  return [...text].reduce((hash, char) => (hash * 31 + (char.codePointAt(0) ?? 0)) | 0, 0);
}

describe('flow', () => {
  it('holds a spout back while a bolt is slow, so that little waits', async () => {
    let emitted = 0;
    let taken = 0;
    let most = 0;
    const endless = spout({
      streams: { default: { n: field<number>() } },
      open: (_, collector) => ({
        nextTuple: () => void collector.emit({ n: emitted++ }),
      }),
    });
    const slow = bolt({
      streams: {},
      prepare: () => ({
        execute: async (_: Tuple<{ n: number }>) => {
          most = Math.max(most, emitted - taken);
          taken += 1;
          await null;
        },
      }),
    });
    const program = new TopologyBuilder('slow')
      .setSpout('endless', endless)
      .setBolt('slow', slow)
      .shuffleGrouping('endless')
      .build();
    await testTopology(program, {}, { limitSecs: 0.01 });
    expect(taken).toBeGreaterThan(0);
    expect(most).toBeLessThan(3000);
  });

  it('lets a loop drain that makes more tuples than a mailbox holds', async () => {
    const looping = bolt({
      streams: { again: { sentence: field<string>() }, default: { sentence: field<string>() } },
      prepare: (_, collector) => ({
        execute: (tuple: Tuple<{ sentence: string }>) => {
          const { sentence } = tuple.values;
          const again = sentence.length < 13;
          if (again) {
            for (const each of ['a', 'b']) {
              collector.emit({ sentence: sentence + each }, { stream: 'again', anchors: tuple });
            }
          } else {
            collector.emit({ sentence }, { anchors: tuple });
          }
          collector.ack(tuple);
        },
      }),
    });
    const program = new TopologyBuilder('loop')
      .setSpout('sentences', sentences)
      .setBolt('looping', looping, { parallelism: 2 })
      .shuffleGrouping('sentences')
      .shuffleGrouping('looping', 'again')
      .build();
    const result = await testTopology(program, { sentences: [{ sentence: '' }, { sentence: '' }] });
    expect(result.acked('sentences')).toEqual(expect.arrayContaining([0, 1]));
    expect(result.tuples('looping')).toHaveLength(2 * 2 ** 13);
  });
});

describe('components that are no code of the program', () => {
  const start = () =>
    new TopologyBuilder('mixed')
      .setSpout(
        'sentences',
        javaSpout({
          class: 'acme.Sentences',
          streams: { default: { sentence: field<string>() } },
        }),
      )
      .setBolt('split', split)
      .shuffleGrouping('sentences')
      .setBolt('count', shellBolt(['python3', 'count.py'], { takes: { word: field<string>() } }))
      .shuffleGrouping('split')
      .build();

  it('are refused with the way to test without them', async () => {
    await expect(testTopology(start())).rejects.toThrow(
      'sentences is no code of this program: a test needs a spout of its own for it, { components: { "sentences": spout({ ... }) } }; gearstorm local runs the topology as it is',
    );
  });

  it('are replaced by inputs and components of the test', async () => {
    const inputs = { sentences: [{ sentence: 'a b' }] };
    const sink = basicBolt({ streams: {}, execute: (_: Tuple<{ word: string }>) => {} });
    const result = await testTopology(start(), inputs, { components: { count: sink } });
    expect(result.tuples('split').map(({ values }) => values['word'])).toEqual(['a', 'b']);
    expect(result.acked('sentences')).toEqual([0]);
  });

  it('cannot be replaced by one of another kind, nor when they do not exist', async () => {
    await expect(testTopology(start(), {}, { components: { count: sentences } })).rejects.toThrow(
      'count is a bolt: a spout cannot stand for it',
    );
    await expect(testTopology(start(), {}, { components: { nobody: count } })).rejects.toThrow(
      'there is no component nobody',
    );
  });
});
