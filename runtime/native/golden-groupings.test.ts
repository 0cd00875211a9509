import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Double, Int } from '../../storm-api/values/index.ts';
import { deepHash } from './java-hash.ts';

type Named = Readonly<Record<string, unknown>> | null;

interface GroupingVector {
  readonly kind: string;
  readonly by: readonly ('a' | 'b' | 'c')[];
  readonly values: readonly [Named, Named, Named];
  /** By number of target tasks. */
  readonly targets: Readonly<Record<string, number>>;
}

const scalars = new Map<string, (text: string) => unknown>([
  ['String', String],
  ['Boolean', (text: string) => text === 'true'],
  ['Long', (text: string) => BigInt(text)],
  ['Double', (text: string) => new Double(Number(text))],
  ['Integer', (text: string) => new Int(Number(text))],
  ['Date', (text: string) => new Date(Number(text))],
]);

const positions = { a: 0, b: 1, c: 2 };
const file = new URL('../../conformance-tests/golden/groupings.ndjson', import.meta.url);
const vectors = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as GroupingVector)
  .filter(({ kind }) => kind === 'fields')
  .flatMap(({ by, values, targets }) => {
    const selected = by.map((field) => values[positions[field]] ?? null);
    return selected.every(isKnown) ? [{ values: selected.map(untagged), targets }] : [];
  });

function isKnown(value: Named): boolean {
  if (value === null) return true;
  const [[name = '', content] = []] = Object.entries(value);
  if (name === 'List') return (content as Named[]).every(isKnown);
  if (name === 'Map') return (content as [Named, Named][]).flat().every(isKnown);
  return name === 'byte[]' || scalars.has(name);
}

function untagged(value: Named): unknown {
  if (value === null) return null;
  const [[name = '', content] = []] = Object.entries(value);
  if (name === 'List') return (content as Named[]).map(untagged);
  if (name === 'Map') {
    return new Map(
      (content as [Named, Named][]).map(([key, each]) => [untagged(key), untagged(each)]),
    );
  }
  if (name === 'byte[]') {
    return new Uint8Array((content as Named[]).map((byte) => Number(Object.values(byte ?? {})[0])));
  }
  return scalars.get(name)?.(String(content));
}

it.each(vectors)('$values go where Storm sends them', ({ values, targets }) => {
  for (const [tasks, target] of Object.entries(targets)) {
    const count = Number(tasks);
    expect(((deepHash(values) % count) + count) % count).toBe(target);
  }
});

it('most of the vectors can be had here', () => {
  expect(vectors.length).toBeGreaterThan(200);
});
