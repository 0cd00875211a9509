import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../harness/index.ts';

it('the vectors are about exactly those clauses of the specification that promise one', async () => {
  const page = await readFile(join(projectRoot, 'docs/progress.md'), 'utf8');
  const promised = [...page.matchAll(/^- \*\*([A-Z]\d)\\\*\*\*/gm)].map(([, clause]) => clause);
  const vectors = await readFile(
    join(projectRoot, 'conformance-tests/golden/progress.ndjson'),
    'utf8',
  );
  const shown = vectors
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { clause: string }).clause);
  expect(promised).not.toEqual([]);
  expect([...new Set(shown)].sort()).toEqual(promised.sort());
});
