import { expect, it } from 'vitest';
import { StormConf } from './config/storm-conf.ts';
import { executorResources } from './resources.ts';

const onHeap = 'topology.component.resources.onheap.memory.mb';
const cpu = 'topology.component.cpu.pcore.percent';
const map = 'topology.component.resources.map';
const storms = { onHeapMb: 128, offHeapMb: 0, cpuPercent: 10 };

interface Asked {
  readonly component?: Readonly<Record<string, unknown>>;
  readonly topology?: Readonly<Record<string, unknown>>;
}

it.each<[string, Asked, Partial<typeof storms>]>([
  ["are Storm's where nobody says anything", {}, {}],
  [
    'are those of the topology',
    { topology: { [onHeap]: 256.0, [cpu]: 25 } },
    { onHeapMb: 256, cpuPercent: 25 },
  ],
  [
    'are rather those of the component',
    { component: { [onHeap]: 64 }, topology: { [onHeap]: 256 } },
    { onHeapMb: 64 },
  ],
  [
    'are rather those of its map',
    { component: { [onHeap]: 64, [map]: { 'onheap.memory.mb': 32 } } },
    { onHeapMb: 32 },
  ],
  [
    'have either name in the map',
    { component: { [map]: { [cpu]: 50, 'offheap.memory.mb': 7 } } },
    { cpuPercent: 50, offHeapMb: 7 },
  ],
  [
    'come before the map of the topology',
    { component: { [cpu]: 5 }, topology: { [map]: { 'cpu.pcore.percent': 80 } } },
    { cpuPercent: 5 },
  ],
  [
    'are not what is no number',
    { component: { [onHeap]: '64', [map]: [1] }, topology: { [map]: null } },
    {},
  ],
])('resources of an executor %s', (_, { component = {}, topology = {} }, expected) => {
  const found = executorResources(StormConf.of(component), StormConf.of(topology));
  expect(found).toEqual({ ...storms, ...expected });
});
