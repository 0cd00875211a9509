// Goal: a script that was written for Storm's commands goes on with ours. Method: each command of
// Storm 0.10.2 beside ours, one after the other on one Nimbus: exit codes, sentences, columns.
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  type CommandResult,
  Gearstorm,
  jars,
  mustRun,
  projectRoot,
  stormClient,
  waitFor,
} from '../harness/index.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const main = 'storm.starter.ExclamationTopology';
const changeMs = 60_000;
let gearstorm: Gearstorm;
/** Any jar, as whoever looks after a machine adds one. */
const extension = jars.acme;

beforeAll(async () => {
  gearstorm = await Gearstorm.start({
    config: { 'gearstorm.storm.version': '0.10.2' },
    environment: { ...process.env, STORM_EXT_CLASSPATH: extension },
  });
});

afterAll(() => gearstorm?.stop());

/** A command as the script of 0.10.2 runs it. */
function theirs(name: string, ...words: readonly string[]): Promise<CommandResult> {
  const command = [`backtype.storm.command.${name}`, ...words];
  const timeoutMs = changeMs;
  return stormClient(gearstorm, command, { timeoutMs, enough: (text) => rowOf(text) !== null });
}

function ours(...words: readonly string[]): Promise<CommandResult> {
  return gearstorm.run(...words, '-c', 'gearstorm.storm.version=0.10.2');
}

/** The titles and the first row of Storm's monitor, which has no end; null until it printed them. */
function rowOf(stdout: string): readonly [string, string] | null {
  const [titles, row] = stdout
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.includes('\t'));
  return titles === undefined || row === undefined ? null : [titles, row];
}

/** What a command says: of Storm's log only its own lines. */
function said({ stdout }: CommandResult): readonly string[] {
  return stdout
    .split('\n')
    .map((line) =>
      line.replace(/^\d+ +\[\S+\] INFO +(b\.s\.c|backtype\.storm\.command)\.\S+ - /, ''),
    )
    .filter((line) => line !== '' && !/^\d+ +\[\S+\] [A-Z]+ +\S+ - /.test(line));
}

async function untilStatus(status: string): Promise<void> {
  await waitFor(status, changeMs, async () => (await gearstorm.list())[0]?.status === status);
}

it('list says that nothing runs', async () => {
  expect(said(await ours('list'))).toEqual(said(await theirs('list')));
});

it('list has the same columns', async () => {
  await gearstorm.submit(jars.starter, main, 'exclaim');
  await gearstorm.peek('exclaim', 'exclaim2', 1);
  // What is running for another second is all that differs.
  const rows = (result: CommandResult) => said(result).map((line) => line.replace(/\d+ *$/, 'S'));
  const listed = rows(await ours('list'));
  expect(listed).toHaveLength(3);
  expect(listed).toEqual(rows(await theirs('list')));
});

it.each(['deactivate', 'activate'])('%s tells the same, and fails alike', async (name) => {
  for (const topology of ['exclaim', 'nobody']) {
    const [one, other] = [await theirs(name, topology), await ours(name, topology)];
    expect([other.exitCode, said(other)]).toEqual([one.exitCode, said(one)]);
  }
});

it('rebalance tells the same, and fails alike', async () => {
  const words = ['exclaim', '-w', '0', '-n', '2', '-e', 'exclaim1=2'];
  const one = await theirs('rebalance', ...words);
  await untilStatus('ACTIVE');
  const other = await ours('rebalance', ...words);
  await untilStatus('ACTIVE');
  expect([other.exitCode, said(other)]).toEqual([one.exitCode, said(one)]);
  for (const wrong of [
    ['exclaim', '-e', 'none=1'],
    ['exclaim', '-e', 'exclaim1=0'],
    ['exclaim', '-e', 'exclaim1'],
    ['exclaim', '-w', 'soon'],
    ['nobody'],
  ]) {
    const failed = await theirs('rebalance', ...wrong);
    expect((await ours('rebalance', ...wrong)).exitCode, wrong.join(' ')).toBe(failed.exitCode);
  }
});

it('monitor prints the same table', async () => {
  await gearstorm.command('deactivate', 'exclaim');
  const words = ['exclaim', '-m', 'exclaim1', '-i', '1'];
  const table = ({ stdout }: CommandResult) => {
    const [titles, row] = rowOf(stdout) ?? ['', ''];
    const cells = row.split('\t');
    return [titles, cells.slice(0, 4), cells[5]];
  };
  await waitFor('the counts to rest', changeMs, async () => {
    const before = table(await ours('monitor', ...words, '-n', '1'));
    return before[2] === table(await ours('monitor', ...words, '-n', '1'))[2];
  });
  const [one, other] = [
    await theirs('monitor', ...words),
    await ours('monitor', ...words, '-n', '1'),
  ];
  expect(table(other)).toEqual(table(one));
  const facts = { topology: 'exclaim', component: 'exclaim1', executors: 2 };
  const json = await ours('monitor', ...words, '-n', '1', '--json');
  const emitted = Number(table(other)[2]);
  expect(JSON.parse(json.stdout)).toMatchObject({ ...facts, stream: 'default', emitted });
  const rates = await ours('top', 'exclaim', '-i', '1', '-n', '1', '--json');
  const perSecond = { emitted: 0, executed: 0, acked: 0, failed: 0 };
  expect(JSON.parse(rates.stdout)).toContainEqual({ ...facts, perSecond });
  const listed = [await theirs('monitor', 'exclaim'), await ours('monitor', 'exclaim')];
  const [first, second] = listed.map((result) => [result.exitCode, [...said(result)].sort()]);
  expect(second).toEqual(first);
  for (const wrong of [
    ['exclaim', '-m', 'nobody'],
    ['nobody', '-m', 'word'],
    ['exclaim', '-m', 'word', '-s', 'none'],
    ['exclaim', '-m', 'word', '-w', 'nothing'],
  ]) {
    const failed = await theirs('monitor', ...wrong);
    expect((await ours('monitor', ...wrong)).exitCode, wrong.join(' ')).toBe(failed.exitCode);
  }
});

it.each([
  ...['nimbus.childopts', 'supervisor.slots.ports', 'topology.max.spout.pending'],
  ...['topology.stats.sample.rate', 'worker.gc.childopts'],
])('localconfvalue %s is what Storm reads', async (key) => {
  const value = said(await theirs('config_value', key)).find((line) => line.startsWith('VALUE:'));
  expect((await ours('localconfvalue', key)).stdout).toBe(
    `${key}: ${value?.slice('VALUE: '.length)}\n`,
  );
});

it('shell tells the program the same', async () => {
  const folder = join(gearstorm.directory, 'resources');
  const program = join(gearstorm.directory, 'program.sh');
  await mkdir(folder);
  await writeFile(join(folder, 'a.txt'), 'a');
  await writeFile(program, `#!/bin/sh\necho "$@" > ${gearstorm.directory}/told\n`);
  await chmod(program, 0o755);
  const told = async () => (await readFile(join(gearstorm.directory, 'told'), 'utf8')).split(' ');
  expect((await theirs('shell_submission', jars.acme, program, 'a', 'b')).exitCode).toBe(0);
  const one = await told();
  expect((await ours('shell', 'resources', program, 'a', 'b')).exitCode).toBe(0);
  const other = await told();
  expect(other.slice(0, 4)).toEqual(one.slice(0, 4));
  expect(dirname(other[4] ?? '')).toBe(dirname(one[4] ?? ''));
});

it('kill tells the same, and fails alike', async () => {
  await gearstorm.submit(jars.starter, main, 'other');
  const [one, other] = [
    await theirs('kill_topology', 'exclaim', '-w', '0'),
    await ours('kill', 'other', '-w', '0'),
  ];
  expect([other.exitCode, said(other)]).toEqual([0, ['Killed topology: other']]);
  expect([one.exitCode, said(one)]).toEqual([0, ['Killed topology: exclaim']]);
  await waitFor('both to be gone', changeMs, async () => (await gearstorm.list()).length === 0);
  for (const wrong of [['nobody'], ['exclaim', '-w', 'soon']]) {
    const failed = await theirs('kill_topology', ...wrong);
    expect((await ours('kill', ...wrong)).exitCode, wrong.join(' ')).toBe(failed.exitCode);
  }
});

it.each([
  ['0.9', '0.9.7'],
  ['0.10', '0.10.2'],
])(
  'storm is found where tools look for it, with the jars of %s beside it',
  async (name, version) => {
    const bin = join(projectRoot, `build/storm-${name}/bin`);
    const environment = {
      ...(await gearstorm.clientEnvironment()),
      PATH: `${bin}:${process.env['PATH']}`,
    };
    const options = { environment, directory: gearstorm.directory };
    const which = (await mustRun('sh', ['-c', 'which storm'], options)).trim();
    const core = join(dirname(dirname(which)), 'lib', `storm-core-${version}.jar`);
    expect(await mustRun('storm', ['version'], options)).toMatch(
      new RegExp(`^Storm ${version}$`, 'm'),
    );
    expect((await mustRun('storm', ['classpath'], options)).split(':')).toContain(core);
    const topology = `by-${name.replace('.', '-')}`;
    await mustRun('storm', ['jar', jars.starter, main, topology], options);
    expect(await mustRun('storm', ['list'], options)).toMatch(
      new RegExp(`^${topology} +ACTIVE`, 'm'),
    );
    await gearstorm.killAndWait(topology);
  },
);

it('workers find what is put beside the libraries, and what their topology names', async () => {
  const { directory } = gearstorm;
  await gearstorm.submit(jars.starter, main, 'wide', '-c', `topology.classpath=${directory}`);
  await gearstorm.peek('wide', 'exclaim2', 1);
  const ends: (readonly string[])[] = [];
  for (const pid of await gearstorm.otherProcesses()) {
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
    if (words.includes('gearstorm.host.Main')) {
      ends.push((words[words.indexOf('-cp') + 1] ?? '').split(':').slice(-3));
    }
  }
  expect(ends.length).toBeGreaterThan(0);
  for (const end of ends) {
    expect(end).toEqual([extension, expect.stringMatching(/topology\.jar$/), directory]);
  }
});
