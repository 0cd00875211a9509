import { expect, it } from 'vitest';
import { countsLine } from './component-counts.ts';

it('keeps to one line that can be read, however many components there are', () => {
  const rows = [...Array(500).keys()].map((number) => ({
    ...{ component: `bolt-${number}`, emitted: 1, executed: 0, acked: 0, failed: 0 },
  }));
  expect(countsLine(rows.slice(0, 2))).toBe('bolt-0 emitted 1, bolt-1 emitted 1\n');
  expect(countsLine(rows)).toMatch(
    /^bolt-0 emitted 1, .*, bolt-11 emitted 1 and 488 more components\n$/,
  );
});
