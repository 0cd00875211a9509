import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { IdsAhead, keepsIds } from './ids-ahead.ts';

/** Chooses 1, 2, 3 and so on. */
function counting() {
  let last = 0;
  return () => {
    last += 1;
    return [last];
  };
}

it('ids are told once each, in the order in which emits use them', () => {
  const ids = new IdsAhead(counting(), true);
  const told = [...ids.more()];
  for (let emits = 0; emits < 500; emits++) {
    expect(ids.use()).toEqual([emits + 1]);
    told.push(...ids.more());
  }
  expect(told.map(([id]) => id)).toEqual(told.map((_, index) => index + 1));
  expect(told.length - 500).toBeLessThanOrEqual(64);
});

it('nothing is told ahead any more after a child ended that had been told', () => {
  const ids = new IdsAhead(counting(), true);
  ids.onLost();
  expect(ids.more()).not.toEqual([]);
  ids.onLost();
  expect(ids.use()).toBeUndefined();
  expect(ids.more()).toEqual([]);
});

it('a child that emits to other streams too is told no more ahead, and uses what it has', () => {
  const ids = new IdsAhead(counting(), true);
  const told = ids.more();
  ids.forbid();
  expect(told.map(() => ids.use())).toEqual(told);
  expect(ids.use()).toBeUndefined();
  expect(ids.more()).toEqual([]);
});

it('a child is told nothing when the values decide, or when it may not keep ids', () => {
  const valuesDecide = new IdsAhead(() => null, true);
  expect(valuesDecide.more()).toEqual([]);
  expect(valuesDecide.use()).toBeUndefined();
  expect(new IdsAhead(counting(), false).more()).toEqual([]);
});

it('only a script whose own library keeps ids is told them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gearstorm-ids-'));
  try {
    const queues = 'pending_taskids and pending_commands';
    writeFileSync(join(folder, 'storm.py'), queues);
    writeFileSync(join(folder, 'storm.js'), queues);
    expect(keepsIds(['python3', 'bolt.py'], folder)).toBe(true);
    expect(keepsIds(['ruby', 'bolt.rb'], folder)).toBe(false);
    expect(keepsIds(['node', 'bolt.js'], folder)).toBe(false);
    expect(keepsIds(['streamparse_run', 'bolts.words'], folder)).toBe(false);
    writeFileSync(join(folder, 'storm.py'), 'a library of somebody else');
    expect(keepsIds(['python3', 'bolt.py'], folder)).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
