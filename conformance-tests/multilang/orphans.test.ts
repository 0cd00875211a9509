// Goal: whatever ends a worker, nothing that its subprocesses started outlives it.
// Method: a subprocess that ignores signals and the end of its input, with a child in its own group
// and one that moved to a session of its own; the worker is killed, then serve, until the lease ends.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, isRunning, waitFor } from '../harness/index.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const patienceMs = 60_000;

let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start({ config: { 'gearstorm.worker.lease.secs': 3 } });
  const resources = join(gearstorm.directory, 'resources');
  await mkdir(resources);
  await writeFile(join(resources, 'clinging.py'), script);
  const file = join(gearstorm.directory, 'clinging.ts');
  await writeFile(file, programOf(resources));
  await gearstorm.command('submit', file);
});

afterAll(() => gearstorm.stop());

const script = `
import os, signal, subprocess, time
for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP): signal.signal(each, signal.SIG_IGN)
stay = ["python3", "-c", "import time; time.sleep(1000)"]
pids = [os.getpid(), subprocess.Popen(stay).pid, subprocess.Popen(stay, start_new_session=True).pid]
with open("pids.new", "w") as file: file.write(" ".join(map(str, pids + [os.getppid()])))
os.rename("pids.new", "pids")
time.sleep(1000)
`;

function programOf(resources: string): string {
  return `import { shellSpout, TopologyBuilder } from 'gearstorm';
export default new TopologyBuilder('clinging')
  .setSpout('clinging', shellSpout(['python3', 'clinging.py'], { resources: ${JSON.stringify(resources)} })).build();
`;
}

interface Family {
  /** A subprocess and what it started. */
  readonly pids: readonly number[];
  readonly worker: number;
}

/** The one that runs now. @param before its predecessor */
function family(before: Family | null): Promise<Family> {
  return waitFor('the subprocess and its own', patienceMs, async () => {
    const topologies = join(gearstorm.localDirectory, 'topologies');
    const [stormId = ''] = await readdir(topologies);
    const file = join(topologies, stormId, 'resources', 'pids');
    const pids = (await readFile(file, 'utf8').catch(() => '')).split(' ').map(Number);
    const worker = pids.pop() ?? 0;
    return pids.length === 3 && worker !== before?.worker ? { pids, worker } : null;
  });
}

function allGone({ pids, worker }: Family): Promise<boolean> {
  return waitFor('all of them to be gone', patienceMs, async () => {
    const alive = await Promise.all([...pids, worker].map(isRunning));
    return alive.includes(true) ? null : true;
  });
}

it('nothing of a subprocess outlives the worker, killed or without a serve for longer than its lease', async () => {
  const first = await family(null);
  process.kill(first.worker, 'SIGKILL');
  expect(await allGone(first)).toBe(true);
  const second = await family(first);
  expect(await Promise.all(second.pids.map(isRunning))).toEqual([true, true, true]);
  await gearstorm.crash();
  expect(await allGone(second)).toBe(true);
});
