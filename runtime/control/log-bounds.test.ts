import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { trimLogs } from './log-bounds.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-bounds-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const isAlive = (topology: string) => topology === 'alive-1-1';
const unbounded = Number.POSITIVE_INFINITY;

/** @param written seconds since 1970 */
function log(name: string, bytes: number, written: number): void {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.alloc(bytes));
  utimesSync(file, written, written);
}

function left(): readonly string[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return names
    .filter((each) => each.isFile())
    .map(({ name, parentPath }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

it('removes the oldest parts of a worker that logged too much, and of no other', async () => {
  log('alive-1-1/6700/worker.log', 50, 40);
  log('alive-1-1/6700/worker.log.1', 100, 30);
  log('alive-1-1/6700/worker.log.2', 100, 20);
  log('alive-1-1/6701/worker.log.1', 100, 10);
  await trimLogs(folder, { perWorkerBytesMax: 150, totalBytesMax: unbounded }, isAlive);
  expect(left()).toEqual([
    'alive-1-1/6700/worker.log',
    'alive-1-1/6700/worker.log.1',
    'alive-1-1/6701/worker.log.1',
  ]);
});

it('removes the oldest of all when they are too many together', async () => {
  log('alive-1-1/6700/worker.log.1', 100, 30);
  log('gone-2-2/6700/worker.log', 100, 20);
  log('gone-3-3/6700/worker.log', 100, 10);
  await trimLogs(folder, { perWorkerBytesMax: unbounded, totalBytesMax: 200 }, isAlive);
  expect(left()).toEqual(['alive-1-1/6700/worker.log.1', 'gone-2-2/6700/worker.log']);
});

it('leaves what a living worker writes to, however large it is', async () => {
  log('alive-1-1/6700/worker.log', 1000, 1);
  log('alive-1-1/6700/worker.log.out', 1000, 1);
  await trimLogs(folder, { perWorkerBytesMax: 1, totalBytesMax: 1 }, isAlive);
  expect(left()).toHaveLength(2);
});

it('passes over files that are nobody’s log', async () => {
  log('notes.txt', 1000, 1);
  await trimLogs(folder, { perWorkerBytesMax: 1, totalBytesMax: 1 }, isAlive);
  await trimLogs(join(folder, 'nowhere'), { perWorkerBytesMax: 1, totalBytesMax: 1 }, isAlive);
  expect(left()).toEqual(['notes.txt']);
});
