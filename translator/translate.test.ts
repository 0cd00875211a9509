import { expect, it } from 'vitest';
import { componentId, type StreamGrouping } from '../storm-api/index.ts';
import type { ExecutionPlan } from './execution-plan.ts';
import { bolt, spout, topologyOf, translateSample } from './topology.fixture.ts';

const shuffle = { kind: 'shuffle' } as const;

function tasksOf(plan: ExecutionPlan): ReadonlyMap<string, string> {
  return new Map(
    plan.processors.map(({ id, tasks }) => [
      id,
      tasks.length === 0 ? '' : `${tasks[0]}-${tasks.at(-1)}`,
    ]),
  );
}

function rangesOf(plan: ExecutionPlan): string[] {
  return plan.executors.map(({ firstTask, lastTask }) => `${firstTask}-${lastTask}`);
}

// Storm 0.9.7 itself printed these numbers for this topology.
// clause: task-ids
it('numbers tasks and splits executors as Storm 0.9.7 does', () => {
  const { plan } = translateSample(
    topologyOf(
      [
        spout('words', {
          hint: 3,
          config: '{"topology.tasks":5,"topology.max.task.parallelism":1}',
        }),
        spout('Zeta', { hint: 2, config: '{"topology.max.task.parallelism":1}' }),
        bolt('count', {
          hint: 4,
          config: '{"topology.tasks":10}',
          inputs: { words: { kind: 'fields', fields: ['word'] } },
        }),
        ...['a', 'AaAa', 'BBBB', 'constructor', 'split-sentence'].map((id) =>
          bolt(id, { inputs: { words: shuffle } }),
        ),
      ],
      '{"topology.workers":3,"topology.acker.executors":null,"topology.metrics.consumer.register":[{"class":"m.C","parallelism.hint":2},{"class":"m.C"}]}',
    ),
  );
  expect(Object.fromEntries(tasksOf(plan))).toEqual({
    AaAa: '1-1',
    BBBB: '2-2',
    Zeta: '3-3',
    __acker: '4-6',
    '__metricsm.C': '7-8',
    '__metricsm.C#2': '9-9',
    __system: '',
    a: '10-10',
    constructor: '11-11',
    count: '12-21',
    'split-sentence': '22-22',
    words: '23-23',
  });
  expect(rangesOf(plan)).toEqual(
    '1-1 2-2 3-3 7-7 8-8 9-9 10-10 11-11 12-14 15-17 18-19 20-21 22-22 23-23'.split(' '),
  );
  const routes = plan.routes.filter(({ stream }) => stream === 'default');
  expect(routes.map(({ target }) => target)).toEqual([
    'split-sentence',
    'a',
    'constructor',
    'count',
    'AaAa',
    'BBBB',
  ]);
});

// Storm 0.9.7 itself printed these streams and configurations.
// clause: system-components, system-streams
it('adds the components and streams that Storm 0.9.7 adds', () => {
  const { systemTopology } = translateSample(
    topologyOf([spout('s'), bolt('b', { inputs: { s: shuffle } })], '{"topology.workers":3}'),
  );
  const streams = Object.fromEntries(
    systemTopology.components.map((each) => [
      each.id,
      [...each.streams]
        .map(([id, { fields, direct }]) => `${id}(${fields})${direct ? ' direct' : ''}`)
        .sort(),
    ]),
  );
  const common = ['__metrics(task-info,data-points)', '__system(event)'];
  expect(streams).toEqual({
    s: ['__ack_init(id,init-val,spout-task)', ...common, 'default(word)'],
    b: ['__ack_ack(id,ack-val)', '__ack_fail(id)', ...common, 'default(word)'],
    __acker: ['__ack_ack(id) direct', '__ack_fail(id) direct', ...common],
    __system: [common[0], '__metrics_tick(interval)', common[1], '__tick(rate_secs)'],
  });
  const configs = systemTopology.components.map((each) => JSON.parse(each.config.toJson()));
  expect(configs).toEqual([
    { 'topology.tasks': 1, 'topology.tick.tuple.freq.secs': 30 },
    { 'topology.tasks': 1 },
    { 'topology.tasks': 3, 'topology.tick.tuple.freq.secs': 30 },
    { 'topology.tasks': 0 },
  ]);
  const acker = systemTopology.components.find(({ id }) => id === '__acker');
  expect(acker?.inputs.map(({ source, stream }) => `${source}/${stream}`)).toEqual([
    's/__ack_init',
    'b/__ack_ack',
    'b/__ack_fail',
  ]);
});

it.each([
  ['{"topology.acker.executors":null,"topology.workers":2}', '1-2'],
  ['{"topology.acker.executors":5}', '1-5'],
  ['{"topology.acker.executors":0}', ''],
])('%s gives ackers the tasks %s and no executor', (config, tasks) => {
  const { plan } = translateSample(topologyOf([spout('s')], config));
  const acker = plan.processors.find(({ id }) => id === '__acker');
  expect(acker).toMatchObject({ kind: 'system', host: null });
  expect(tasksOf(plan).get('__acker')).toBe(tasks);
  expect(plan.executors.map(({ component }) => component)).toEqual(['s']);
});

it('metrics consumers run and hear everybody but each other and the acker that does not', () => {
  const register = '{"topology.metrics.consumer.register":[{"class":"m.C","parallelism.hint":2}]}';
  const { plan } = translateSample(topologyOf([spout('s')], register));
  const consumer = plan.processors.find(({ id }) => id === '__metricsm.C');
  expect(consumer).toMatchObject({ kind: 'system', host: 'java', tasks: [2, 3] });
  expect(rangesOf(plan)).toEqual(['2-2', '3-3', '4-4']);
  expect(plan.routes.map(({ source, stream, target }) => [source, stream, target])).toEqual(
    ['__system', 's'].map((source) => [source, '__metrics', '__metricsm.C']),
  );
  for (const { choice, targetTasks } of plan.routes) {
    expect(choice).toEqual({ kind: 'shuffle' });
    expect(targetTasks).toEqual([2, 3]);
  }
});

// clause: task-count
it('a maximum of the topology or of the component caps tasks, not below what hints leave', () => {
  const { plan, topology } = translateSample(
    topologyOf(
      [
        spout('s', { hint: 8 }),
        spout('t', { hint: 8, config: '{"topology.max.task.parallelism":2}' }),
      ],
      '{"topology.max.task.parallelism":4}',
    ),
  );
  expect(Object.fromEntries(tasksOf(plan))).toMatchObject({ s: '2-5', t: '6-7' });
  expect(topology.components.map(({ config }) => config.get('topology.tasks'))).toEqual([4, 2]);
});

it.each([
  [{ kind: 'shuffle' }, { kind: 'shuffle' }],
  [{ kind: 'all' }, { kind: 'all' }],
  [{ kind: 'global' }, { kind: 'global' }],
  [{ kind: 'none' }, { kind: 'none' }],
  [{ kind: 'direct' }, { kind: 'direct' }],
  [{ kind: 'local-or-shuffle' }, { kind: 'local-or-shuffle' }],
  [{ kind: 'fields', fields: [] }, { kind: 'global' }],
  [
    { kind: 'fields', fields: ['c', 'constructor'] },
    { kind: 'fields', indexes: [2, 0] },
  ],
  [{ kind: 'custom-serialized', bytes: new Uint8Array() }, { kind: 'custom' }],
  [{ kind: 'custom-object', className: 'x.Y', args: [] }, { kind: 'custom' }],
] satisfies [StreamGrouping, unknown][])(
  'the grouping %j becomes the choice %j',
  (grouping, choice) => {
    const { plan } = translateSample(
      topologyOf([
        spout('constructor', { streams: { toString: ['constructor', 'b', 'c'] } }),
        bolt('b', { hint: 2, inputs: { 'constructor/toString': grouping } }),
      ]),
    );
    expect(plan.routes).toEqual([
      { source: 'constructor', stream: 'toString', target: 'b', targetTasks: [2, 3], choice },
    ]);
  },
);

// clause: zero-tasks, grouper-per-subscriber
it('one stream has a route per subscriber that has tasks', () => {
  const { plan } = translateSample(
    topologyOf([
      spout('s', { streams: { default: ['word'], other: ['x'] } }),
      bolt('a', { inputs: { s: shuffle, 's/other': { kind: 'all' } } }),
      bolt('b', { inputs: { s: { kind: 'global' } } }),
      bolt('idle', { hint: 0, inputs: { s: shuffle } }),
    ]),
  );
  expect(plan.routes.map(({ stream, target, choice }) => [stream, target, choice.kind])).toEqual([
    ['default', 'a', 'shuffle'],
    ['default', 'b', 'global'],
    ['other', 'a', 'all'],
  ]);
});

// clause: stream-numbers
it('streams are numbered by id and cycles are marked', () => {
  const { plan } = translateSample(
    topologyOf([
      spout('s', { streams: { z: ['x'], default: ['word'], B: [] } }),
      bolt('a', { inputs: { s: shuffle, b: shuffle } }),
      bolt('b', { inputs: { a: shuffle } }),
    ]),
  );
  const processors = new Map(plan.processors.map((each) => [each.id, each]));
  expect(processors.get(componentId('s'))?.streams.map(({ id }) => id)).toEqual([
    'B',
    '__ack_init',
    '__metrics',
    '__system',
    'default',
    'z',
  ]);
  expect(plan.processors.map(({ id, cycle }) => [id, cycle])).toEqual([
    ['__acker', null],
    ['__system', null],
    ['a', 0],
    ['b', 0],
    ['s', null],
  ]);
});

it('executors are dealt round robin over the workers there are', () => {
  const topology = topologyOf([spout('s', { hint: 5 })], '{"topology.workers":4}');
  const { plan } = translateSample(topology, '{}', [6700, 6703, 6701]);
  expect(plan.workers).toEqual([
    { index: 0, port: 6700, host: 'java' },
    { index: 1, port: 6703, host: 'java' },
    { index: 2, port: 6701, host: 'java' },
  ]);
  expect(plan.executors.map(({ worker }) => worker)).toEqual([0, 1, 2, 0, 1]);
});

it('no worker is without an executor', () => {
  const { plan } = translateSample(topologyOf([spout('s')], '{"topology.workers":4}'));
  expect(plan.workers).toEqual([{ index: 0, port: 6700, host: 'java' }]);
});

it('without a free slot the plan has tasks and routes, but nothing runs them', () => {
  const topology = topologyOf([spout('s'), bolt('b', { inputs: { s: shuffle } })]);
  const waiting = translateSample(topology, '{}', []);
  expect(waiting.plan).toEqual({
    ...translateSample(topology, '{}', [6700]).plan,
    executors: [],
    workers: [],
  });
});

it('accepts a topology without any component, as Storm does, and gives it no worker', () => {
  const { plan } = translateSample(topologyOf([]));
  expect(plan.processors.map(({ id }) => id)).toEqual(['__acker', '__system']);
  expect([plan.executors, plan.workers, plan.routes]).toEqual([[], [], []]);
});

it('accepts a topology without a spout, as Storm does', () => {
  const { plan } = translateSample(topologyOf([bolt('idle', {})]));
  expect(plan.executors.map(({ component }) => component)).toEqual(['idle']);
});
