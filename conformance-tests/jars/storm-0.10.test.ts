// Goal: topologies that the client of Storm 0.10.2 submits run on 0.10.2's libraries and defaults, and
// that client's own commands work. Method: nothing of our command line; Storm's classes are run as
// its `storm` script runs them, and the ledgers are judged by the rules for Apache Storm 0.10.2.
import { readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type CommandResult, Gearstorm, jars, stormClient, waitFor } from '../harness/index.ts';
import { fraudIsDone, fraudProblems } from './fraud-rules.ts';
import { type Ledger, readLedger, workerPids } from './ledger.ts';
import { sessionProblems, sessionsAreDone } from './session-rules.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const fraud = 'acme.fraud.FraudTopology';
const killCommand = 'backtype.storm.command.kill_topology';
const listCommand = 'backtype.storm.command.list';
let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start({
    // Without it Nimbus takes the client's login away, which is to be seen here as what it is: a secret.
    config: { 'storm.zookeeper.auth.scheme': 'digest' },
  });
});

afterEach(async () => {
  for (const { name } of await gearstorm.list()) await gearstorm.killAndWait(name);
});

afterAll(() => gearstorm.stop());

// clause: client-calls
it('joins, fails, replays and alerts on the classes of 0.10', async () => {
  const path = await submit(fraud, 'fraud', 3000);
  const ledger = await runToItsEnd(path, 3000, fraudIsDone);
  expect(fraudProblems(ledger, 3000)).toEqual([]);
  const opened = await Promise.all(workerPids(ledger).map(stormCoreOf));
  expect(opened).toEqual([['storm-core-0.10.2.jar'], ['storm-core-0.10.2.jar']]);
});

it('keeps sessions, ticks, broadcasts and configuration as 0.10 does', async () => {
  const path = await submit('acme.sessions.SessionTopology', 'sessions', 3000);
  const ledger = await runToItsEnd(path, 3000, sessionsAreDone);
  expect(sessionProblems(ledger, 3000)).toEqual([]);
});

// clause: conf-layers
it('has the defaults of 0.10 under its configuration, and shows no secret of the client', async () => {
  await submit(fraud, 'fraud', 10);
  const shown = await command(join(import.meta.dirname, 'TopologyConf.java'));
  expect(shown.exitCode, shown.stderr).toBe(0);
  const config = JSON.parse(shown.stdout.trim().split('\n').at(-1) ?? '');
  expect(config).toMatchObject({
    'topology.bolts.outgoing.overflow.buffer.enable': false,
    'storm.zookeeper.topology.auth.payload': '*****',
  });
  expect(config).not.toHaveProperty('topology.receiver.buffer.size');
});

it('writes the secret of the client to no log', async () => {
  const path = await submit(fraud, 'fraud', 10);
  await runToItsEnd(path, 10, fraudIsDone);
  const secret = await payload();
  expect(secret.length).toBeGreaterThan(8);
  const files = await readdir(gearstorm.directory, { recursive: true });
  const logs = files.filter((file) => file.endsWith('.log'));
  expect(logs.length).toBeGreaterThan(1);
  for (const log of logs) {
    expect(await readFile(join(gearstorm.directory, log), 'utf8')).not.toContain(secret);
  }
});

it('is listed, and killed, by the commands of 0.10', async () => {
  await submit(fraud, 'fraud', 10);
  const listed = await command(listCommand);
  expect(listed.stdout).toMatch(/^fraud +ACTIVE +\d+ +2 +\d+/m);
  const killed = await command(killCommand, 'fraud', '-w', '0');
  expect(killed.exitCode, killed.stderr).toBe(0);
  await waitFor('fraud to be gone', 30_000, async () => (await gearstorm.list()).length === 0);
  expect((await command(listCommand)).stdout).toContain('No topologies running.');
});

// clause: not-alive
it('refuses to kill what is not there, with the exception that 0.10 knows', async () => {
  const killed = await command(killCommand, 'nobody');
  expect(killed.exitCode).not.toBe(0);
  expect(killed.stdout + killed.stderr).toContain(
    'NotAliveException(msg:no topology named nobody is alive)',
  );
});

// clause: name-taken
it('refuses a name that is taken', async () => {
  await submit(fraud, 'fraud', 10);
  const again = await submission(fraud, 'fraud', '/dev/null', '10');
  expect(again.exitCode).toBe(1);
  expect(again.stderr).toContain('Topology with name `fraud` already exists on cluster');
});

// clause: topology-name
it('refuses a bad name with the sentence in the exception', async () => {
  const refused = await submission(fraud, 'a/b', '/dev/null', '10');
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toMatch(/InvalidTopologyException.*a\/b/);
  expect(await gearstorm.list()).toEqual([]);
});

function command(main: string, ...words: readonly string[]): Promise<CommandResult> {
  return stormClient(gearstorm, [main, ...words]);
}

function submission(main: string, ...words: readonly string[]): Promise<CommandResult> {
  return stormClient(gearstorm, [main, ...words], { jar: jars.acme });
}

/** Returns the path of the ledger. */
async function submit(main: string, name: string, messages: number): Promise<string> {
  const path = join(gearstorm.directory, `${name}.tsv`);
  await writeFile(path, '');
  const result = await submission(main, name, path, String(messages));
  expect(result.exitCode, result.stderr).toBe(0);
  return path;
}

async function runToItsEnd(
  path: string,
  messages: number,
  isDone: (ledger: Ledger, messages: number) => boolean,
): Promise<Ledger> {
  await waitFor(`the end of ${path}`, 120_000, async () =>
    isDone(await readLedger(path), messages),
  );
  return await readLedger(path);
}

/** The names of the storm-core jars that a process holds open. */
async function stormCoreOf(pid: number): Promise<readonly string[]> {
  const folder = `/proc/${pid}/fd`;
  const links = await Promise.all(
    (await readdir(folder)).map((fd) => readlink(join(folder, fd)).catch(() => '')),
  );
  const names = links.map((link) => link.split('/').at(-1) ?? '');
  return [...new Set(names.filter((name) => name.startsWith('storm-core')))];
}

/** What the client put into the configuration that workers read, which is theirs to know. */
async function payload(): Promise<string> {
  const files = await readdir(gearstorm.localDirectory, { recursive: true });
  for (const file of files.filter((each) => each.endsWith('.json'))) {
    const text = await readFile(join(gearstorm.localDirectory, file), 'utf8');
    const found = /"storm\.zookeeper\.topology\.auth\.payload":"([^"]+)"/.exec(text);
    if (found?.[1] !== undefined) return found[1];
  }
  throw new Error('no file holds the payload');
}
