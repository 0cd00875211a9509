import { expect, it } from 'vitest';
import { componentId, taskId } from '../storm-api/index.ts';
import { dealEvenly } from './placement.ts';

function placed(
  hosts: Readonly<Record<string, 'java' | 'native'>>,
  workersWanted: number,
  isolated: readonly string[] = [],
) {
  const components = Object.keys(hosts);
  return dealEvenly({
    executors: components.map((component, index) => ({
      component: componentId(component),
      firstTask: taskId(index + 1),
      lastTask: taskId(index + 1),
    })),
    hosts: new Map(components.map((id) => [componentId(id), hosts[id] ?? null])),
    isolated: isolated.map(componentId),
    workersWanted,
    slots: [6700, 6701],
  });
}

it('gives a mixed topology of one worker a process of each kind on the same slot', () => {
  const { workers, executors } = placed({ a: 'java', b: 'native', c: 'java' }, 1);
  expect(workers).toEqual([
    { index: 0, port: 6700, host: 'java' },
    { index: 1, port: 6700, host: 'native' },
  ]);
  expect(executors.map(({ component, worker }) => `${component} ${worker}`)).toEqual([
    'a 0',
    'b 1',
    'c 0',
  ]);
});

it('deals executors of both kinds over as many workers as are wanted, each kind for itself', () => {
  const { workers, executors } = placed({ a: 'native', b: 'native', c: 'java', d: 'native' }, 2);
  expect(workers.map(({ port, host }) => `${port} ${host}`)).toEqual([
    '6700 java',
    '6700 native',
    '6701 native',
  ]);
  expect(executors.map(({ worker }) => worker)).toEqual([1, 2, 0, 1]);
});

it('gives an isolated component a process of its own on a slot that others have too', () => {
  const hosts = { a: 'java', b: 'native', c: 'native', d: 'native' } as const;
  const { workers, executors } = placed(hosts, 1, ['c']);
  expect(workers).toEqual([
    { index: 0, port: 6700, host: 'java' },
    { index: 1, port: 6700, host: 'native' },
    { index: 2, port: 6700, host: 'native' },
  ]);
  expect(executors.map(({ worker }) => worker)).toEqual([0, 1, 2, 1]);
});

it('makes no worker without executors when all components of a kind are isolated', () => {
  const { workers, executors } = placed({ a: 'native', b: 'native' }, 2, ['a', 'b']);
  expect(workers.map(({ port, host }) => `${port} ${host}`)).toEqual([
    '6700 native',
    '6700 native',
  ]);
  expect(executors.map(({ worker }) => worker)).toEqual([0, 1]);
});
