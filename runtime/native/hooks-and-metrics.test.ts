import { describe, expect, it } from 'vitest';
import {
  bolt,
  type DataPoint,
  field,
  type MetricsTaskInfo,
  spout,
  type TaskHook,
  TopologyBuilder,
  type TopologyContext,
  type Tuple,
} from '../../storm-api/builder/index.ts';
import { RegisteredMetrics } from './task-metrics.ts';
import { testTopology } from './test-topology.ts';

const numbers = spout({
  streams: { default: { n: field<number>() } },
  source: function* () {
    for (let n = 0; n < 4; n++) yield { values: { n }, messageId: `id-${n}` };
  },
});

function evenOnly(onPrepare: (context: TopologyContext) => (n: number) => void = () => () => {}) {
  return bolt({
    streams: { default: { half: field<number>() } },
    prepare: (context, collector) => {
      const onTuple = onPrepare(context);
      return {
        execute: (tuple: Tuple<{ n: number }>) => {
          const { n } = tuple.values;
          onTuple(n);
          if (n % 2 === 1) return collector.fail(tuple);
          collector.emit({ half: n / 2 }, { anchors: tuple });
          collector.ack(tuple);
        },
      };
    },
  });
}

const start = (even = evenOnly()) =>
  new TopologyBuilder('watched')
    .setSpout('numbers', numbers)
    .setBolt('even', even)
    .shuffleGrouping('numbers');

describe('hooks', () => {
  it('hear of everything that the tasks of a topology do, in its order', async () => {
    const heard: string[] = [];
    const hook = (): TaskHook => ({
      prepare: ({ componentId, taskId }) => heard.push(`prepare ${componentId} ${taskId}`),
      emit: ({ values, stream, taskId, outTasks }) =>
        heard.push(`emit ${values} on ${stream} of ${taskId} to [${outTasks}]`),
      spoutAck: ({ messageId, spoutTaskId }) => heard.push(`acked ${messageId} ${spoutTaskId}`),
      spoutFail: ({ messageId, spoutTaskId }) => heard.push(`failed ${messageId} ${spoutTaskId}`),
      boltExecute: ({ tuple, executingTaskId }) =>
        heard.push(`execute ${tuple.list} ${executingTaskId}`),
      boltAck: ({ tuple, ackingTaskId }) => heard.push(`ack ${tuple.list} ${ackingTaskId}`),
      boltFail: ({ tuple, failingTaskId }) => heard.push(`fail ${tuple.list} ${failingTaskId}`),
      cleanup: () => heard.push('cleanup'),
    });
    await testTopology(start().hook(hook).build());
    // The bolt is task 2 and the spout 3: 1 is the acker's.
    expect(heard.filter((line) => line.startsWith('prepare')).sort()).toEqual([
      'prepare even 2',
      'prepare numbers 3',
    ]);
    expect(heard).toContain('emit 2 on default of 3 to [2]');
    const ofTwo = heard.filter((line) => /^(emit 1 on default of 2|ack 2|execute 2)/.test(line));
    expect(ofTwo).toEqual(['emit 1 on default of 2 to []', 'ack 2 2', 'execute 2 2']);
    expect(heard.filter((line) => /^(acked|failed)/.test(line)).sort()).toEqual([
      'acked id-0 3',
      'acked id-2 3',
      'failed id-1 3',
      'failed id-3 3',
    ]);
    expect(heard.filter((line) => line === 'cleanup')).toHaveLength(2);
  });

  it('of one task alone are added by the task', async () => {
    const executed: unknown[] = [];
    const even = evenOnly((context) => {
      context.addHook({ boltExecute: ({ tuple }) => executed.push(tuple.list[0]) });
      return () => {};
    });
    await testTopology(start(even).build());
    expect(executed).toEqual([0, 1, 2, 3]);
  });

  it('that throw count as the component', async () => {
    const even = evenOnly((context) => {
      context.addHook({
        boltExecute: () => {
          throw new Error('the hook broke');
        },
      });
      return () => {};
    });
    const { errors } = await testTopology(start(even).build());
    expect(errors[0]).toMatchObject({ component: 'even', restarts: true });
    expect(String(errors[0]?.error)).toContain('the hook broke');
  });
});

describe('metrics', () => {
  it('reach the consumers of the topology every period, and begin anew', async () => {
    const told: (readonly [MetricsTaskInfo, readonly DataPoint[]])[] = [];
    const even = evenOnly(({ metrics }) => {
      const seen = metrics.counter('seen', 2);
      const parity = metrics.counters('parity', 2);
      const sizes = metrics.histogram('sizes', 2);
      metrics.gauge('answer', () => 42, 5);
      return (n) => {
        seen.add();
        parity.add(n % 2 === 0 ? 'even' : 'odd');
        sizes.record(n);
      };
    });
    const program = start(even)
      .metricsConsumer('test', {
        prepare: () => ({ handleDataPoints: (task, points) => void told.push([task, points]) }),
      })
      .build();
    await testTopology(program, {}, { atLeastSecs: 5.5 });
    const [first, second, third] = told;
    expect(first?.[0]).toMatchObject({ componentId: 'even', timestampSecs: 2, periodSecs: 2 });
    expect(first?.[1]).toEqual([
      { name: 'seen', value: 4 },
      {
        name: 'parity',
        value: new Map([
          ['even', 2],
          ['odd', 2],
        ]),
      },
      { name: 'sizes', value: { count: 4, min: 0, max: 3, mean: 1.5, p50: 1, p95: 3, p99: 3 } },
    ]);
    expect(second?.[1][0]).toEqual({ name: 'seen', value: 0 });
    expect(third?.[1]).toEqual([{ name: 'answer', value: 42 }]);
    expect(told).toHaveLength(3);
  });

  it('report an error of a consumer, which goes on', async () => {
    let calls = 0;
    const even = evenOnly(({ metrics }) => {
      metrics.gauge('one', () => 1, 1);
      return () => {};
    });
    const program = start(even)
      .metricsConsumer('broken', {
        prepare: () => ({
          handleDataPoints: () => {
            calls += 1;
            throw new Error('no room');
          },
        }),
      })
      .build();
    const { errors } = await testTopology(program, {}, { atLeastSecs: 3 });
    expect(calls).toBe(3);
    expect(errors.every(({ restarts }) => !restarts)).toBe(true);
  });

  it('are refused too late, twice, and without a whole period', () => {
    const metrics = new RegisteredMetrics();
    metrics.counter('one', 1);
    expect(() => metrics.gauge('one', () => 1, 2)).toThrow('has a metric one already');
    expect(() => metrics.counter('none', 0)).toThrow('at least 1 whole second');
    metrics.seal();
    expect(() => metrics.counter('late', 1)).toThrow('metric late comes too late');
  });
});
