// Goal: what people already have runs on a machine of today, whose PATH knows neither `python` nor
// `python2`: a project of streamparse, submitted by its own `sparse`, the jar of 2015 with its
// splitter in Python 2, and a topology of Java, TypeScript and Python.
// Method: a serve whose PATH is one folder of links; every tuple of the counters is looked at, and what
// the mixed one did is judged by the rows of its sources and sinks.
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Delivery } from '../failure/delivery.ts';
import {
  Gearstorm,
  jars,
  mustRun,
  type Peeked,
  processesNaming,
  projectRoot,
  waitFor,
} from '../harness/index.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const published = join(projectRoot, 'build', 'multilang');
const tools = join(published, 'python', 'bin');
/** Tuples of a counter that are looked at. */
const looked = 200;
const looksMax = 30;

let gearstorm: Gearstorm;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gearstorm-newcomer-'));
  const path = join(folder, 'path');
  await mkdir(path);
  const python = await mustRun('python3', ['-c', 'import sys; print(sys.executable)']);
  const shell = await mustRun('sh', ['-c', 'command -v sh']);
  const java = await mustRun('sh', ['-c', 'command -v java']);
  const programs = {
    java: await realpath(java.trim()),
    node: process.execPath,
    python3: python.trim(),
    sh: shell.trim(),
    streamparse_run: join(tools, 'streamparse_run'),
  };
  for (const [name, file] of Object.entries(programs)) await symlink(file, join(path, name));
  gearstorm = await Gearstorm.start({ environment: { ...process.env, PATH: path } });
});

afterAll(async () => {
  await gearstorm.stop();
  await rm(folder, { recursive: true, force: true });
});

it("runs streamparse's quickstart, submitted by `sparse`", async () => {
  const environment = { ...process.env, LEIN_ROOT: '1', HOME: folder };
  const sparse = (directory: string, ...words: readonly string[]) =>
    mustRun(join(tools, 'sparse'), words, { directory, environment });
  await sparse(folder, 'quickstart', 'project');
  const project = join(folder, 'project');
  await cp(join(project, 'src'), join(project, 'made', 'resources'), { recursive: true });
  await mustRun('jar', ['cf', 'project.jar', '-C', 'made', 'resources'], { directory: project });
  await writeFile(join(project, 'config.json'), JSON.stringify(projectConfig()));
  await sparse(project, 'submit', '-j', 'project.jar');
  const seen = new Set<unknown>();
  // one counter may have hundreds of its word before the other's turn comes
  for (let looks = 0; looks < looksMax && seen.size < 4; looks++) {
    const counted = await gearstorm.peek('wordcount', 'count_bolt', looked);
    // its counter takes a dog for ten words
    expect(wrongCounts(counted, (word) => (word === 'dog' ? 10 : 1))).toEqual([]);
    for (const { values } of counted) seen.add(values[0]);
  }
  expect(seen).toEqual(new Set(['dog', 'cat', 'zebra', 'elephant']));
  await gearstorm.killAndWait('wordcount');
});

it('runs Java beside the Python 2 splitter of the starter jar, and says once what stands in for what', async () => {
  await gearstorm.submit(jars.starter, 'storm.starter.WordCountTopology', 'starter');
  const counted = await gearstorm.peek('starter', 'count', looked);
  expect(wrongCounts(counted, () => 1)).toEqual([]);
  const log = await gearstorm.serveLog();
  expect(log.match(/replaced the stock Python 2 storm.py/g)).toHaveLength(1);
  expect(log.match(/no suitable python here, python3 stands in for it/g)).toHaveLength(1);
  await gearstorm.killAndWait('starter');
});

const carryScript = `
import storm
class Carry(storm.BasicBolt):
    def process(self, tup): storm.emit(tup.values)
Carry().run()
`;

it('runs Java, TypeScript and Python in one topology, which loses nothing when its Python is killed', async () => {
  const resources = join(folder, 'carrying');
  await mkdir(resources);
  await cp(join(published, '2.8.3', 'resources', 'storm.py'), join(resources, 'storm.py'));
  await writeFile(join(resources, 'carry.py'), carryScript);
  const words = ['timeout=5', 'rate=300', 'workers=2', `python=${resources}`];
  const delivery = await Delivery.start(gearstorm, { name: 'mixed', words, kind: 'mixed' });
  const before = await carriers();
  for (const pid of before) process.kill(pid, 'SIGKILL');
  await delivery.progress();
  await waitFor('others in their place', 60_000, async () => {
    const pids = await carriers();
    return pids.length === before.length && pids.every((pid) => !before.includes(pid));
  });
  await delivery.finish();
  expect(before).toHaveLength(3);
  expect(delivery.judge.fails).toBeGreaterThan(0);
  expect(delivery.judge.problems).toEqual([]);
  await gearstorm.killAndWait('mixed');
});

async function carriers(): Promise<readonly number[]> {
  const pids = await processesNaming(gearstorm.localDirectory);
  const commands = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return pids.filter((_, index) => commands[index]?.includes('carry.py'));
}

function projectConfig(): object {
  const nimbus = `127.0.0.1:${gearstorm.nimbusPort}`;
  const prod = { nimbus, workers: [], use_ssh_for_nimbus: false, use_virtualenv: false };
  const specs = { topology_specs: 'topologies/', virtualenv_specs: 'virtualenvs/' };
  return { serializer: 'json', ...specs, envs: { prod } };
}

/** Counts of a word that do not follow the one before, by the task that counts it. */
function wrongCounts(
  counted: readonly Peeked[],
  stepOf: (word: unknown) => number,
): readonly string[] {
  const last = new Map<unknown, number>();
  return counted.flatMap(({ values: [word, count] }) => {
    const before = last.get(word);
    last.set(word, Number(count));
    const isNext = before === undefined || Number(count) === before + stepOf(word);
    return isNext ? [] : [`${word}: ${before}, then ${count}`];
  });
}
