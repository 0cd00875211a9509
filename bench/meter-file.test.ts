import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lastRows, perSecond, totalOf } from './meter-file.ts';

it('keeps the last whole row of each worker', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'gearstorm-bench-'));
  try {
    const file = join(directory, 'meter.tsv');
    await writeFile(file, '100\ta\t5\n110\tb\t7\n200\ta\t9\n210\tb\t1');
    const rows = await lastRows(file);
    expect(rows.get('a')).toEqual({ timeMs: 200, value: '9' });
    expect(totalOf(rows)).toBe(16);
  } finally {
    await rm(directory, { recursive: true });
  }
});

it('finds no rows where there is no file yet', async () => {
  expect(await lastRows('/nowhere/meter.tsv')).toEqual(new Map());
});

it('adds the rates of workers whose clocks differ', () => {
  const before = new Map([
    ['a', { timeMs: 1000, value: '0' }],
    ['b', { timeMs: 9000, value: '10' }],
  ]);
  const after = new Map([
    ['a', { timeMs: 3000, value: '200' }],
    ['b', { timeMs: 10_000, value: '60' }],
  ]);
  expect(perSecond(before, after)).toBe(150);
});
