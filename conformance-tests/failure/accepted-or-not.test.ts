// Goal: whenever serve is killed while a topology comes or goes, the topology is there or it is not,
// as the client was told; its name is free again, and no process is left over.
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type CommandResult, Gearstorm, jars, waitFor } from '../harness/index.ts';
import { SeededRandom } from './seeded-random.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const seed = 5;
const endMs = 60_000;
const delivery = 'acme.delivery.DeliveryTopology';
let gearstorm: Gearstorm;

beforeEach(async () => {
  gearstorm = await Gearstorm.start();
});

afterEach(() => gearstorm.stop());

it('keeps what a client was told is accepted, and nothing else, when it dies in a submission', async () => {
  const random = new SeededRandom(seed);
  for (let round = 0; round < 2; round++) {
    const name = `round-${round}`;
    const before = await uploads();
    const submission = submit(name);
    await waitFor('an upload', endMs, async () => (await uploads()) > before);
    await sleep(random.between(0, 1_500));
    await gearstorm.crash();
    const { exitCode } = await submission;
    await gearstorm.serve();
    const isThere = (await gearstorm.list()).some((each) => each.name === name);
    if (exitCode === 0) expect(isThere, `${name} was accepted`).toBe(true);
    if (!isThere) expect((await submit(name)).exitCode, `${name} again`).toBe(0);
    await gearstorm.killAndWait(name);
  }
  await untilNothingIsLeft();
});

it('ends an inspection that a killed serve left behind', async () => {
  const submission = gearstorm.jar(jars.acme, 'acme.tools.Hanging', 'hanging');
  await waitFor('the inspection', endMs, async () => {
    const folders = await readdir(join(gearstorm.localDirectory, 'topologies')).catch(() => []);
    return folders.length > 0 && (await gearstorm.otherProcesses()).length > 1;
  });
  await gearstorm.crash();
  expect((await submission).exitCode).not.toBe(0);
  await gearstorm.serve();
  await untilNothingIsLeft();
});

/** Runs to its end, well or not. */
async function submit(name: string): Promise<CommandResult> {
  const log = join(gearstorm.directory, `${name}.log`);
  await writeFile(log, '');
  return await gearstorm.jar(jars.acme, delivery, name, log, 'rate=10', 'workers=1');
}

async function uploads(): Promise<number> {
  return (await readdir(join(gearstorm.localDirectory, 'inbox'))).length;
}

async function untilNothingIsLeft(): Promise<void> {
  await waitFor('the end of all processes', endMs, async () => {
    return (await gearstorm.otherProcesses()).length === 0;
  });
  expect(await gearstorm.list()).toEqual([]);
  for (const folder of ['topologies', 'workers', 'blobs']) {
    expect(await readdir(join(gearstorm.localDirectory, folder)), folder).toEqual([]);
  }
}
