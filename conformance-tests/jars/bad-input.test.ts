// Goal: what cannot work is refused with a sentence, a bad exit code, and nothing half-accepted.
import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type CommandResult, Gearstorm, jars, mustRun, waitFor } from '../harness/index.ts';
import { fraudIsDone } from './fraud-rules.ts';
import { readLedger } from './ledger.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const bigJarBytes = 60 * 1024 * 1024;
const fraud = 'acme.fraud.FraudTopology';
const otherJar = 'acme.tools.OtherJar';
let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start();
});

afterAll(() => gearstorm.stop());

it('refuses a file that is no jar before anything is sent', async () => {
  const file = await garbage('corrupt.jar');
  const result = await gearstorm.jar(file, fraud, 'x', '/dev/null', '1');
  expectOneSentence(result, 'corrupt.jar');
});

it('refuses a jar without the class before anything is sent', async () => {
  const result = await gearstorm.jar(jars.acme, 'acme.NoSuchMain', 'x');
  expectOneSentence(result, 'acme.NoSuchMain');
});

it('refuses a jar that is not there', async () => {
  expectOneSentence(await gearstorm.jar('/nowhere/at-all.jar', fraud), '/nowhere/at-all.jar');
});

it('says for the client, too, that there is no java', async () => {
  const environment = { PATH: await pathWith({}), HOME: gearstorm.directory };
  const result = await gearstorm.runIn(environment, 'jar', jars.acme, fraud, 'x', '/dev/null', '1');
  expectOneSentence(result, 'java');
});

it('refuses an upload that is no jar', async () => {
  const file = await garbage('uploaded.jar');
  const result = await gearstorm.jar(jars.acme, otherJar, file, fraud, 'x', '/dev/null', '1');
  await expectRefusedTopology(result, /not a jar|no jar|corrupt|zip/i);
});

it('refuses a topology whose classes are not in its jar, and names one', async () => {
  const jar = await jarWithout('acme/fraud/JoinBolt.class');
  const result = await gearstorm.jar(jars.acme, otherJar, jar, fraud, 'x', '/dev/null', '1');
  await expectRefusedTopology(result, /acme[./]fraud[./]JoinBolt/);
});

// clause: validation
it('refuses a topology that listens to an unknown component', async () => {
  const result = await gearstorm.jar(jars.acme, 'acme.tools.UnknownSource', 'x');
  await expectRefusedTopology(result, /nobody/);
});

it.each(['not json', '[1, 2]', '', '{"topology.workers": 1'])(
  'refuses the configuration %j',
  async (conf) => {
    const result = await gearstorm.jar(jars.acme, 'acme.tools.RawSubmit', 'x', conf);
    await expectRefusedTopology(result, /conf/i);
  },
);

it('takes a jar of 60 MB', async () => {
  const jar = await bigJar();
  const ledger = join(gearstorm.directory, 'big.tsv');
  await writeFile(ledger, '');
  await gearstorm.submit(jar, fraud, 'big', ledger, '100');
  await waitFor('all orders', 60_000, async () => fraudIsDone(await readLedger(ledger), 100));
  await gearstorm.killAndWait('big');
});

it('says that the directory for its state cannot be written', async () => {
  const file = join(gearstorm.directory, 'a-file');
  await writeFile(file, '');
  const result = await serveAlone({ 'storm.local.dir': join(file, 'local') });
  expectOneSentence(result, join(file, 'local'));
});

it('says that the port is in use', async () => {
  const result = await serveAlone({ 'nimbus.thrift.port': gearstorm.nimbusPort });
  expectOneSentence(result, String(gearstorm.nimbusPort));
});

it('says that there is no java', async () => {
  const path = await pathWith({});
  const environment = { PATH: path };
  expectOneSentence(await serveAlone({}, environment), 'java');
});

it('says that java is too old', async () => {
  const java = '#!/bin/sh\necho \'openjdk version "1.8.0_412"\' >&2\nexit 0\n';
  const environment = { PATH: await pathWith({ java }) };
  expectOneSentence(await serveAlone({}, environment), '17');
});

it('survives a full disk during an upload and has its space back', async () => {
  const small = await Gearstorm.prepare({
    config: { 'gearstorm.store': 'memory' },
    wrapper: onSmallDisk,
  });
  try {
    await mkdir(small.localDirectory);
    await small.serve();
    const big = await small.jar(await bigJar(), fraud, 'big', '/dev/null', '1');
    expect(big.exitCode).not.toBe(0);
    expect(big.stdout + big.stderr).toMatch(/no space|disk|full/i);
    expect(await small.list()).toEqual([]);
    await small.submit(jars.acme, fraud, 'little', '/dev/null', '1');
    expect(await small.list()).toHaveLength(1);
  } finally {
    await small.stop();
  }
});

/** A command failed, and what it says on stderr is one plain sentence about `subject`. */
function expectOneSentence(result: CommandResult, subject: string): void {
  expect(result.exitCode).not.toBe(0);
  expect(result.exitCode).not.toBeNull();
  const lines = result.stderr.trim().split('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(subject);
  expect(lines[0]).not.toMatch(/Error:|Exception|\bat .*:\d+/);
}

/** The client's main died of Storm's own exception with our reason in one line; nothing runs. */
async function expectRefusedTopology(result: CommandResult, reason: RegExp): Promise<void> {
  expect(result.exitCode).not.toBe(0);
  const message = /InvalidTopologyException\(msg:(.*)\)/.exec(result.stdout + result.stderr)?.[1];
  expect(message).toMatch(reason);
  expect(await gearstorm.list()).toEqual([]);
}

async function serveAlone(
  config: Readonly<Record<string, string | number>>,
  environment?: NodeJS.ProcessEnv,
): Promise<CommandResult> {
  const alone = await Gearstorm.prepare(environment === undefined ? {} : { environment });
  try {
    return await alone.runServe(config);
  } finally {
    await alone.stop();
  }
}

async function garbage(name: string): Promise<string> {
  const file = join(gearstorm.directory, name);
  await writeFile(file, randomBytes(100_000));
  return file;
}

async function jarWithout(entry: string): Promise<string> {
  const folder = join(gearstorm.directory, 'unpacked');
  await mkdir(folder, { recursive: true });
  await mustRun('jar', ['xf', jars.acme], { directory: folder });
  await rm(join(folder, entry));
  const jar = join(gearstorm.directory, 'incomplete.jar');
  await mustRun('jar', ['cf', jar, '-C', folder, 'acme']);
  return jar;
}

async function bigJar(): Promise<string> {
  const jar = join(gearstorm.directory, 'big.jar');
  if ((await readdir(gearstorm.directory)).includes('big.jar')) return jar;
  await cp(jars.acme, jar);
  await writeFile(join(gearstorm.directory, 'ballast'), randomBytes(bigJarBytes));
  await mustRun('jar', ['uf0', jar, '-C', gearstorm.directory, 'ballast']);
  expect((await stat(jar)).size).toBeGreaterThan(bigJarBytes);
  return jar;
}

/** A search path with what a launcher needs and the given scripts, and no other java. */
async function pathWith(scripts: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(gearstorm.directory, 'path-'));
  const node = `#!/bin/sh\nexec '${process.execPath}' "$@"\n`;
  for (const [name, script] of Object.entries({ node, ...scripts })) {
    await writeFile(join(folder, name), script, { mode: 0o755 });
  }
  const tools = ['sh', 'env', 'dirname', 'readlink', 'basename', 'uname'];
  const found = await mustRun('which', tools);
  for (const tool of found.trim().split('\n')) {
    await symlink(tool, join(folder, basename(tool)));
  }
  return folder;
}

/**
 * Words that run a command with a file system of 24 MB in the directory. The mount is in a name
 * space of its own and goes with its last process; who is not root gets a user name space too.
 */
function onSmallDisk(directory: string): readonly string[] {
  const asUser = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const script = 'mount -t tmpfs -o size=24m none "$0" && exec "$@"';
  return ['unshare', '--mount', ...asUser, 'sh', '-c', script, directory];
}
