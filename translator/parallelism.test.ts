import { expect, it } from 'vitest';
import { componentId, InvalidTopologyError } from '../storm-api/index.ts';
import type { ExecutionPlan } from './execution-plan.ts';
import { changeParallelism, isolate, type ParallelismChange } from './parallelism.ts';
import { placePlan } from './place-plan.ts';
import { bolt, spout, topologyOf, translateSample } from './topology.fixture.ts';

const { plan, parallelism } = translateSample(
  topologyOf(
    [spout('s', { hint: 2, config: '{"topology.tasks":4}' }), bolt('b', { hint: 3 })],
    '{"topology.workers":2}',
  ),
);

function changed(change: Partial<ParallelismChange>, slots = [6700, 6701, 6702]): ExecutionPlan {
  const whole = { workers: null, executors: new Map(), ...change };
  return placePlan(plan, changeParallelism(parallelism, whole, plan.processors), slots);
}

const executors = (count: number, id = 's') => ({ executors: new Map([[componentId(id), count]]) });

function rangesOf({ executors }: ExecutionPlan, id: string): string {
  const own = executors.filter(({ component }) => component === id);
  return own.map(({ firstTask, lastTask }) => `${firstTask}-${lastTask}`).join(' ');
}

it('placing a plan once more as it was submitted changes nothing', () => {
  expect(changed({}, [6700, 6701])).toEqual(plan);
});

// clause: rebalance
it('a change moves tasks between executors and workers, and leaves their numbers alone', () => {
  const after = changed({ workers: 3, ...executors(3) });
  expect(rangesOf(plan, 's')).toBe('6-7 8-9');
  expect(rangesOf(after, 's')).toBe('6-7 8-8 9-9');
  expect(rangesOf(after, 'b')).toBe(rangesOf(plan, 'b'));
  expect(after.workers).toHaveLength(3);
  expect([after.processors, after.routes]).toEqual([plan.processors, plan.routes]);
});

it('another number of workers leaves the tasks of the acker alone', () => {
  const acker = ({ processors }: ExecutionPlan) => processors.find(({ id }) => id === '__acker');
  expect(acker(plan)?.tasks).toEqual([1, 2]);
  expect(acker(changed({ workers: 1 }))?.tasks).toEqual([1, 2]);
});

it('more executors than tasks are as many as tasks', () => {
  expect(rangesOf(changed(executors(9)), 's')).toBe('6-6 7-7 8-8 9-9');
});

it("executors of Storm's own components change nothing", () => {
  expect(changed(executors(5, '__acker'), [6700, 6701])).toEqual(plan);
});

it('a later change keeps what it does not name', () => {
  const first = changeParallelism(parallelism, { workers: 3, ...executors(4) }, plan.processors);
  const second = changeParallelism(first, { workers: null, ...executors(1, 'b') }, plan.processors);
  expect(second).toEqual({
    workers: 3,
    components: [
      { component: 's', executors: 4 },
      { component: 'b', executors: 1 },
    ],
    isolated: [],
  });
});

it.each<[string, Partial<ParallelismChange>]>([
  ['Number of executors must be greater than 0', executors(0)],
  ['Number of executors must be greater than 0', executors(-1)],
  ['Number of workers must be greater than 0', { workers: 0 }],
  ['Component: [nobody] does not exist', executors(1, 'nobody')],
  ['Component: [bb] does not exist: did you mean b?', executors(1, 'bb')],
])('%s', (message, change) => {
  expect(() => changed(change)).toThrow(new InvalidTopologyError(message));
});

it('a component that was isolated once stays so', () => {
  const isolated = isolate(parallelism, componentId('b'));
  const later = changeParallelism(isolated, { workers: 3, ...executors(1) }, plan.processors);
  expect(later.isolated).toEqual(['b']);
});
