// Goal: what Storm's debug action asks for is written as Storm writes it, wherever the workers are.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  componentId,
  debugOptions,
  NotAliveError,
  type PeekedTuple,
  StormConf,
  type StormId,
  streamId,
  taskId,
} from '../../storm-api/index.ts';
import { TestControl } from './topology-manager.fixture.ts';
import type { TopologyManager } from './topology-manager.ts';

const words = componentId('words');
const count = componentId('count');

let control: TestControl;
let manager: TopologyManager;
let id: StormId;

beforeEach(async () => {
  control = new TestControl();
  await open();
  id = await manager.submit(control.request('word'));
});
afterEach(() => control.remove());

async function open(): Promise<void> {
  manager = await control.open();
  control.engine.logFolder = control.folder;
  mkdirSync(join(control.folder, '6700'), { recursive: true });
}

const looked = () => [...control.engine.peeks.keys()].sort();
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 10 });
const eventsFile = () => join(control.folder, '6700', 'events.log');

function emit(component: typeof words, tuples: readonly (readonly unknown[])[]): void {
  const { firstTask } =
    manager.describe(id).executorList.find((each) => each.component === component) ?? {};
  const peeked = tuples.map((values): PeekedTuple => {
    const place = { task: firstTask ?? taskId(0), stream: streamId('default') };
    return { ...place, timeMs: 1_700_000_000_000, values };
  });
  control.engine.peeks.get(component)?.onTuples(peeked, 0);
}

it("writes the lines of Storm's event log, one for each tuple", async () => {
  await manager.changeDebugging('word', debugOptions('', true, 100));
  expect(looked()).toEqual(['count', 'words']);
  emit(words, [
    ['a', 1, null],
    ['two\nlines', [true], { k: 'v' }],
  ]);
  const task = manager
    .describe(id)
    .executorList.find((each) => each.component === words)?.firstTask;
  const at = 'Tue Nov 14 22:13:20 UTC 2023';
  expect(readFileSync(eventsFile(), 'utf8').replace(/(:20) \S+ /g, '$1 UTC ')).toBe(
    `${at},words,${task},,[a, 1, null]\n${at},words,${task},,[two\\nlines, [true], {k=v}]\n`,
  );
});

it('writes the share that was asked for, and nothing when it is none', async () => {
  const lines = () => readFileSync(eventsFile(), 'utf8').split('\n').length - 1;
  await manager.changeDebugging(id, debugOptions('words', true, 50));
  emit(
    words,
    Array.from({ length: 10_000 }, () => ['a']),
  );
  expect(Math.abs(lines() - 5_000)).toBeLessThan(500);
  const before = lines();
  await manager.changeDebugging(id, debugOptions('words', true, 0));
  emit(words, [['b']]);
  expect(lines()).toBe(before);
});

it('goes by what a component has of its own, before what all have', async () => {
  await manager.changeDebugging('word', debugOptions('words', true, 10));
  expect(looked()).toEqual(['words']);
  await manager.changeDebugging('word', debugOptions('', true, 10));
  await manager.changeDebugging('word', debugOptions('words', false, 10));
  expect(looked()).toEqual(['count']);
  expect(manager.describe(id).debugging).toEqual([
    { component: null, enabled: true, samplingPercent: 10 },
    { component: 'words', enabled: false, samplingPercent: 10 },
  ]);
  await manager.changeDebugging('word', debugOptions('', false, 10));
  expect(looked()).toEqual([]);
});

it('goes on with new workers, and after a restart of serve', async () => {
  await manager.changeDebugging('word', debugOptions('count', true, 10));
  control.engine.peeks.clear();
  await manager.rebalance('word', {
    ...{ waitSecs: 0, workers: null, executors: new Map() },
    overrides: StormConf.empty,
  });
  await control.clock.advance(0);
  await eventually(() => expect(looked()).toEqual(['count']));
  manager.close('test');
  await open();
  expect(looked()).toEqual(['count']);
});

it('is refused for what is not there', async () => {
  const refused = manager.changeDebugging('word', debugOptions('cuont', true, 10));
  await expect(refused).rejects.toThrow('word has no component "cuont": did you mean count?');
  await expect(manager.changeDebugging('wrod', debugOptions('', true, 10))).rejects.toThrow(
    new NotAliveError('no topology named wrod is alive: did you mean word?'),
  );
  for (const percent of [-1, 101, Number.NaN]) {
    expect(() => debugOptions('', true, percent)).toThrow('is no percentage from 0 to 100');
  }
});

it('keeps one older part of what has grown too large', async () => {
  await manager.changeDebugging('word', debugOptions('count', true, 100));
  emit(count, [['x'.repeat(11 * 1024 * 1024)]]);
  emit(count, [['next']]);
  expect(readFileSync(eventsFile(), 'utf8')).toMatch(/,count,\d+,,\[next\]\n$/);
  expect(readFileSync(eventsFile(), 'utf8').length).toBeLessThan(100);
  expect(readFileSync(`${eventsFile()}.1`, 'utf8').length).toBeGreaterThan(11_000_000);
});
