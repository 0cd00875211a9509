import { expect, it } from 'vitest';
import type { Cluster, Sides } from './cluster.ts';
import { interleaved, outcomesOf, type Quantity } from './outcome.ts';

const [ours, fast, broken] = [{}, {}, {}] as [Cluster, Cluster, Cluster];
const quantity: Quantity<number> = {
  name: 'rate',
  unit: 'tuples/s',
  better: 'more',
  config: {},
  of: (sample) => sample * 2,
};

function sidesWith(peers: Readonly<Record<string, Cluster>>, failures: string[] = []): Sides {
  const onFailure = (side: string) => failures.push(side);
  return { ours, peers: new Map(Object.entries(peers)), onFailure };
}

it('lets the sides take turns', async () => {
  const turns: Cluster[] = [];
  await interleaved(sidesWith({ fast }), 2, async (cluster) => turns.push(cluster));
  expect(turns.map((turn) => (turn === ours ? 'ours' : 'theirs'))).toEqual([
    'ours',
    'theirs',
    'ours',
    'theirs',
  ]);
});

it('measures the other sides on when one fails', async () => {
  const failures: string[] = [];
  const samples = await interleaved(sidesWith({ broken, fast }, failures), 2, async (cluster) => {
    if (cluster === broken) throw new Error('no worker');
    return cluster === ours ? 3 : 1;
  });
  expect(failures).toEqual(['broken']);
  expect(outcomesOf(samples, quantity)).toEqual([
    expect.objectContaining({ peer: 'fast', ours: [6, 6], theirs: [2, 2] }),
  ]);
});
