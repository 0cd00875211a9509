import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { LogKeeper } from './log-keeper.ts';
import { silentLogger } from './topology-manager.fixture.ts';

const hourMs = 3_600_000;
let folder: string;
let keeper: LogKeeper;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-logs-'));
  keeper = new LogKeeper({
    folder,
    inUse: () => new Set(['alive-1-1']),
    ageMs: hourMs,
    bounds: { perWorkerBytesMax: 10_000, totalBytesMax: 10_000 },
    everyMs: hourMs,
    clock: systemClock,
    logger: silentLogger,
  });
});

afterEach(() => rmSync(folder, { recursive: true }));

function log(topology: string, ageMs: number): string {
  const port = join(folder, topology, '6700');
  mkdirSync(port, { recursive: true });
  const file = join(port, 'worker.log');
  appendFileSync(file, 'a line\n');
  const secs = (Date.now() - ageMs) / 1000;
  for (const path of [file, port, join(folder, topology)]) utimesSync(path, secs, secs);
  return file;
}

it('removes the logs of topologies that are long gone, and no others', async () => {
  const old = log('gone-2-2', 2 * hourMs);
  const others = [log('gone-3-3', hourMs / 2), log('alive-1-1', 9 * hourMs)];
  await keeper.removeOld();
  expect(existsSync(join(old, '../..'))).toBe(false);
  expect(others.map((file) => existsSync(file))).toEqual([true, true]);
});

it('cuts what a living process prints, which goes on behind the cut', async () => {
  const file = `${log('alive-1-1', 0)}.out`;
  const printer = openSync(file, 'a');
  writeSync(printer, 'first\n');
  truncateSync(file, 10 * 1024 * 1024 + 1);
  await keeper.cutOutputs();
  writeSync(printer, 'later\n');
  expect(readFileSync(file, 'utf8')).toBe('later\n');
  expect(statSync(`${file}.1`).size).toBe(10 * 1024 * 1024 + 1);
});

it('leaves an output alone that is not too long', async () => {
  const file = `${log('alive-1-1', 0)}.out`;
  appendFileSync(file, 'short\n');
  await keeper.cutOutputs();
  expect(readFileSync(file, 'utf8')).toBe('short\n');
});
