// Goal: what operators do to topologies has the effect it has on Storm, serve's own death included.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Gearstorm, isRunning, jars, waitFor } from '../harness/index.ts';
import { fraudIsDone, fraudIsSettled, fraudProblems } from './fraud-rules.ts';
import { readLedger, workerPids } from './ledger.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const startMs = 60_000;
const allOrdersMs = 120_000;
const exclamation = 'storm.starter.ExclamationTopology';
let gearstorm: Gearstorm;

beforeEach(async () => {
  gearstorm = await Gearstorm.start();
});

afterEach(() => gearstorm.stop());

// clause: second-topology
it('runs two topologies, the second submitted before the first is active', async () => {
  await Promise.all([
    gearstorm.submit(jars.starter, exclamation, 'one'),
    gearstorm.submit(jars.starter, exclamation, 'other'),
  ]);
  const names = (await gearstorm.list()).map(({ name }) => name);
  expect(names.sort()).toEqual(['one', 'other']);
  for (const name of names) expect(await gearstorm.peek(name, 'exclaim2', 20)).toHaveLength(20);
});

it('deserializes what a client sent in processes of its topology only', async () => {
  const file = join(gearstorm.directory, 'opened-by.tsv');
  await gearstorm.submit(jars.acme, 'acme.tools.Opening', 'opening', file);
  const lines = await waitFor('the inspection and the worker', startMs, async () => {
    const read = (await readFile(file, 'utf8').catch(() => '')).trim().split('\n');
    return read.some((line) => line.includes(' worker ')) && read;
  });
  for (const line of lines) {
    expect(line).toMatch(/^\d+\tgearstorm\.host\.Main (inspect|worker) /);
  }
}, 180_000);

// clause: name-taken
it('refuses a name that is taken and leaves its owner alone', async () => {
  await gearstorm.submit(jars.starter, exclamation, 'taken');
  const second = await gearstorm.jar(jars.starter, exclamation, 'taken');
  expect(second.exitCode).not.toBe(0);
  expect(second.stdout + second.stderr).toMatch(/taken.*already/);
  expect(await gearstorm.list()).toHaveLength(1);
  expect(await gearstorm.peek('taken', 'exclaim2', 10)).toHaveLength(10);
});

// clause: topology-name
it.each(['a/b', 'a.b', 'a:b', 'a\\b', ' '])('refuses the name "%s"', async (name) => {
  const result = await gearstorm.jar(jars.starter, exclamation, name);
  expect(result.exitCode).not.toBe(0);
  expect(result.stdout + result.stderr).toMatch(/InvalidTopologyException\(msg:.*name/i);
  expect(await gearstorm.list()).toEqual([]);
});

// clause: not-alive
it.each(['kill', 'activate', 'deactivate'])('refuses to %s what does not run', async (command) => {
  const result = await gearstorm.run(command, 'nobody');
  expect(result.exitCode).not.toBe(0);
  expect(result.stderr).toContain('nobody');
  expect(result.stderr.trim().split('\n')).toHaveLength(1);
});

// clause: initial-inactive
it('opens nothing of an inactive topology until it is activated', async () => {
  const ledger = await emptyLedger();
  const words = ['fraud', ledger, '200', 'inactive'];
  await gearstorm.submit(jars.acme, 'acme.fraud.FraudTopology', ...words);
  expect(await gearstorm.list()).toMatchObject([{ name: 'fraud', status: 'INACTIVE' }]);
  await sleep(5000); // long enough for workers to start
  expect((await readLedger(ledger)).rows).toEqual([]);
  expect((await gearstorm.run('activate', 'fraud')).exitCode).toBe(0);
  await waitFor('all orders', allOrdersMs, async () => fraudIsDone(await readLedger(ledger), 200));
  expect(fraudProblems(await readLedger(ledger), 200)).toEqual([]);
});

// clause: deactivate-once
it('tells spouts of deactivation, delivers their acks, and goes on after activation', async () => {
  const ledger = await emptyLedger();
  await gearstorm.submit(jars.acme, 'acme.fraud.FraudTopology', 'fraud', ledger, '3000');
  const acks = async () => (await readLedger(ledger)).count('orders', 'ack');
  await waitFor('first acks', startMs, async () => (await acks()) > 0);
  expect((await gearstorm.run('deactivate', 'fraud')).exitCode).toBe(0);
  expect(await gearstorm.list()).toMatchObject([{ status: 'INACTIVE' }]);
  await waitFor('deactivation', startMs, async () => {
    const now = await readLedger(ledger);
    return now.count('orders', 'deactivate') === 2 && now.count('payments', 'deactivate') === 2;
  });
  await waitFor('the acks of what was under way', startMs, async () => {
    return fraudIsSettled(await readLedger(ledger));
  });
  const before = (await readLedger(ledger)).count('orders', 'emit');
  expect(before).toBeLessThan(3000);
  await sleep(1000);
  expect((await readLedger(ledger)).count('orders', 'emit')).toBe(before);
  expect((await gearstorm.run('activate', 'fraud')).exitCode).toBe(0);
  await waitFor('all orders', allOrdersMs, async () => fraudIsDone(await readLedger(ledger), 3000));
  expect(fraudProblems(await readLedger(ledger), 3000)).toEqual([]);
});

it('goes on while serve is dead, in the same workers, and is found again', async () => {
  const ledger = await emptyLedger();
  await gearstorm.submit(jars.acme, 'acme.fraud.FraudTopology', 'fraud', ledger, '8000');
  const acks = async () => (await readLedger(ledger)).count('orders', 'ack');
  await waitFor('first acks', startMs, async () => (await acks()) > 0);
  await gearstorm.crash();
  const atDeath = await acks();
  await waitFor('progress without serve', startMs, async () => (await acks()) > atDeath + 500);
  await gearstorm.serve();
  expect(await gearstorm.list()).toMatchObject([{ name: 'fraud', status: 'ACTIVE' }]);
  await waitFor('all orders', allOrdersMs, async () => fraudIsDone(await readLedger(ledger), 8000));
  const end = await readLedger(ledger);
  expect(fraudProblems(end, 8000)).toEqual([]);
  expect(end.count('orders', 'open')).toBe(2); // nothing was started a second time
  await gearstorm.killAndWait('fraud');
  await waitFor('the adopted workers to end', startMs, async () => {
    const running = await Promise.all(workerPids(end).map(isRunning));
    return !running.includes(true);
  });
});

it('runs what was accepted just before serve died', async () => {
  const ledger = await emptyLedger();
  await gearstorm.submit(jars.acme, 'acme.fraud.FraudTopology', 'fraud', ledger, '200');
  await gearstorm.crash();
  await gearstorm.serve();
  await waitFor('all orders', allOrdersMs, async () => fraudIsDone(await readLedger(ledger), 200));
  expect(fraudProblems(await readLedger(ledger), 200)).toEqual([]);
});

// clause: java-object
it('leaves no process of a killed topology, shell components included', async () => {
  await gearstorm.submit(jars.starter, 'storm.starter.WordCountTopology', 'words');
  await gearstorm.peek('words', 'count', 10);
  expect((await gearstorm.otherProcesses()).length).toBeGreaterThan(0);
  await gearstorm.killAndWait('words');
  await waitFor('all processes to end', startMs, async () => {
    return (await gearstorm.otherProcesses()).length === 0;
  });
});

// clause: kill
it('shows a killed topology as such until its wait is over', async () => {
  await gearstorm.submit(jars.starter, exclamation, 'slow');
  expect((await gearstorm.run('kill', 'slow', '-w', '6')).exitCode).toBe(0);
  expect(await gearstorm.list()).toMatchObject([{ name: 'slow', status: 'KILLED' }]);
  await waitFor('its end', startMs, async () => (await gearstorm.list()).length === 0);
});

it('ends its workers when it is asked to end', async () => {
  await gearstorm.submit(jars.starter, exclamation, 'short');
  await gearstorm.peek('short', 'exclaim2', 1);
  const pids = await gearstorm.otherProcesses();
  expect(pids.length).toBeGreaterThan(0);
  process.kill(gearstorm.servePid, 'SIGTERM');
  await waitFor('everything to end', startMs, async () => {
    const running = await Promise.all([gearstorm.servePid, ...pids].map(isRunning));
    return !running.includes(true);
  });
});

async function emptyLedger(): Promise<string> {
  const path = join(gearstorm.directory, 'ledger.tsv');
  await writeFile(path, '');
  return path;
}
