import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../harness/index.ts';

interface Vector {
  readonly clause: string;
  readonly name: string;
}

it('the vectors are about exactly those clauses of the specification that promise one', async () => {
  const page = await readFile(join(projectRoot, 'docs/progress.md'), 'utf8');
  const promised = [...page.matchAll(/^- \*\*([A-Z]\d)\\\*\*\*/gm)].map(([, clause]) => clause);
  const text = await readFile(join(projectRoot, 'conformance-tests/golden/progress.json'), 'utf8');
  const kinds = JSON.parse(text) as Record<string, readonly Vector[]>;
  const shown = Object.values(kinds).flatMap((vectors) => vectors.map(({ clause }) => clause));
  expect([...new Set(shown)].sort()).toEqual(promised.sort());
});
