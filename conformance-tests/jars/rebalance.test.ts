// Goal: a rebalance, and the wait for a free slot, look to operators and topologies as on Storm.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Gearstorm, jars, waitFor } from '../harness/index.ts';
import { fraudIsDone, rebalancedFraudProblems } from './fraud-rules.ts';
import { fact, readLedger, workerPids } from './ledger.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

const startMs = 60_000;
const allOrdersMs = 120_000;
const orders = 6000;
const fraud = 'acme.fraud.FraudTopology';
let gearstorm: Gearstorm;
let ledger: string;

beforeEach(async () => {
  gearstorm = await Gearstorm.start({ config: { 'supervisor.slots.ports': '[6700,6701,6702]' } });
  ledger = join(gearstorm.directory, 'ledger.tsv');
  await writeFile(ledger, '');
});

afterEach(() => gearstorm.stop());

async function submitFraud(): Promise<void> {
  await gearstorm.submit(jars.acme, fraud, 'fraud', ledger, String(orders));
  await waitFor('first acks', startMs, async () => {
    return (await readLedger(ledger)).count('orders', 'ack') > 0;
  });
}

async function untilStatus(status: string): Promise<void> {
  await waitFor(status, startMs, async () => (await gearstorm.list())[0]?.status === status);
}

async function expectNothingLost(): Promise<void> {
  await waitFor('all orders', allOrdersMs, async () =>
    fraudIsDone(await readLedger(ledger), orders),
  );
  expect(rebalancedFraudProblems(await readLedger(ledger), orders)).toEqual([]);
}

// clause: rebalance
it('loses nothing of a topology that is rebalanced while it runs', async () => {
  await submitFraud();
  const words = ['-w', '12', '-n', '3', '-e', 'orders=1', '-e', 'join=2'];
  const { exitCode, stdout } = await gearstorm.run('rebalance', 'fraud', ...words);
  expect([exitCode, stdout]).toEqual([0, 'Topology fraud is rebalancing\n']);
  expect(await gearstorm.list()).toMatchObject([
    { name: 'fraud', status: 'REBALANCING', workers: 2, executors: 13 },
  ]);
  const refused = await gearstorm.run('deactivate', 'fraud');
  expect([refused.exitCode, refused.stderr]).toEqual([
    1,
    'fraud is being rebalanced; until that is over it can only be killed\n',
  ]);
  await untilStatus('ACTIVE');
  expect(await gearstorm.list()).toMatchObject([{ workers: 3, executors: 11 }]);
  await expectNothingLost();
  const end = await readLedger(ledger);
  const [oldPids, newPids] = [workerPids(end).slice(0, 2), workerPids(end).slice(2)];
  expect(oldPids.every((pid) => !newPids.includes(pid))).toBe(true);
  // Two tasks of orders in one executor: both were opened in the same process.
  const opens = end.of('orders', 'open').slice(2);
  expect(new Set(opens.map((row) => fact(row, 0))).size).toBe(1);
  expect(opens).toHaveLength(2);
  const position = (component: string, event: string) =>
    end.of(component, event).at(-1)?.position ?? 0;
  expect(position('orders', 'emit')).toBeGreaterThan(position('orders', 'open'));
});

it('goes on with a rebalance after serve was killed in it', async () => {
  await submitFraud();
  expect((await gearstorm.run('rebalance', 'fraud', '-w', '12', '-n', '1')).exitCode).toBe(0);
  await gearstorm.crash();
  await gearstorm.serve();
  expect(await gearstorm.list()).toMatchObject([{ status: 'REBALANCING', workers: 2 }]);
  await untilStatus('ACTIVE');
  await gearstorm.crash();
  await gearstorm.serve();
  expect(await gearstorm.list()).toMatchObject([{ status: 'ACTIVE', workers: 1 }]);
  await expectNothingLost();
});

it('accepts a topology without a free slot, and starts it when one is free', async () => {
  const exclamation = 'storm.starter.ExclamationTopology';
  await gearstorm.submit(jars.starter, exclamation, 'first'); // takes all three
  await gearstorm.submit(jars.starter, exclamation, 'second');
  expect(await gearstorm.list()).toMatchObject([
    { name: 'first', status: 'ACTIVE', workers: 3 },
    { name: 'second', status: 'ACTIVE', workers: 0 },
  ]);
  await gearstorm.crash();
  await gearstorm.serve();
  await gearstorm.killAndWait('first');
  expect(await gearstorm.list()).toMatchObject([{ name: 'second', workers: 3 }]);
  expect(await gearstorm.peek('second', 'exclaim2', 10)).toHaveLength(10);
});

it('refuses what makes no sense and leaves the topology alone', async () => {
  await submitFraud();
  const refusal = async (...words: readonly string[]) => {
    const { exitCode, stderr } = await gearstorm.run('rebalance', ...words);
    expect(exitCode).toBe(1);
    return stderr.trim();
  };
  expect(await refusal('fraud', '-e', 'orders=0')).toContain('must be greater than 0');
  expect(await refusal('fraud', '-e', 'nobody=1')).toBe('Component: [nobody] does not exist');
  expect(await refusal('nobody')).toContain('nobody');
  expect(await gearstorm.list()).toMatchObject([{ status: 'ACTIVE', workers: 2 }]);
});
