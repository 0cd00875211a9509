// Goal: user code sees here what it sees on Apache Storm. Method: the topologies of probe.* write down
// what they see; golden/ holds what they wrote on real Storm 0.10.2 (`npm run record`). Here Storm's own
// clients of 0.9.7 and 0.10.2 submit the same jar to one serve, and every line is compared.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Gearstorm, jars, projectRoot, runCommand } from '../harness/index.ts';
import { compareNotes } from './compare.ts';
import { differences } from './differences.ts';
import { type NotesByProbe, probeMain, readNotes } from './notes.ts';

const slots = 24;
const runTimeoutMs = 480_000;
const generations = ['0.9', '0.10'] as const;
type Generation = (typeof generations)[number];

const golden = await readNotes(join(projectRoot, 'conformance-tests/golden/storm-0.10.2'));
const notes = new Map<Generation, NotesByProbe>();
let gearstorm: Gearstorm;

beforeAll(async () => {
  const ports = Array.from({ length: slots }, (_, index) => 6700 + index);
  const config = {
    'supervisor.slots.ports': JSON.stringify(ports),
    'gearstorm.zookeeper.port': 0,
  };
  gearstorm = await Gearstorm.start({ config });
  const runs = generations.map(async (each) => notes.set(each, await runProbes(each)));
  await Promise.all(runs);
}, runTimeoutMs);

afterAll(() => gearstorm.stop(), 60_000);

const cases = generations.flatMap((each) =>
  [...golden.keys()].map((name) => [name, each] as const),
);

it.each(cases)('shows the probe %s on %s what real Storm shows it', (name, generation) => {
  const known = differences.filter((each) => {
    return each.probe === name && each.generations.includes(generation);
  });
  const ours = notes.get(generation)?.get(name) ?? [];
  const { unexpected, idle } = compareNotes(golden.get(name) ?? [], ours, known);
  expect(unexpected).toEqual([]);
  expect(idle).toEqual([]);
});

/** As the `storm` script of that version runs a main. */
async function runProbes(generation: Generation): Promise<NotesByProbe> {
  const home = join(projectRoot, `build/storm-${generation}`);
  const directory = join(gearstorm.directory, `notes-${generation}`);
  await mkdir(directory);
  const { nimbusPort, drpcPort } = gearstorm;
  const options = `nimbus.host=127.0.0.1,nimbus.thrift.port=${nimbusPort},drpc.port=${drpcPort}`;
  const properties = { 'storm.options': options, 'storm.home': home, 'storm.conf.file': '' };
  const words = Object.entries({ ...properties, 'storm.jar': jars.acme }).map(
    ([key, value]) => `-D${key}=${value}`,
  );
  const classPath = `${join(home, 'lib', '*')}:${jars.acme}`;
  const args = [directory, String(slots / generations.length), `-${generation.replace('.', '-')}`];
  const run = await runCommand('java', [...words, '-cp', classPath, probeMain, ...args], {
    directory: gearstorm.directory,
    timeoutMs: runTimeoutMs,
  });
  expect(run.exitCode, run.stderr).toBe(0);
  return await readNotes(directory);
}
