// Goal: credentials reach the components and the subject of their workers, and nobody else, now and
// after every kind of restart. Method: a topology of Storm 0.10, compiled here because its
// interfaces are not in 0.9, submitted by the client of 0.10; it writes down what it is told.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import {
  type CommandResult,
  Gearstorm,
  mustRun,
  stormClient,
  stormLibraries,
  waitFor,
} from '../harness/index.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const source = join(import.meta.dirname, 'storm-0.10', 'Vault.java');
let gearstorm: Gearstorm;
let jar: string;

beforeAll(async () => {
  gearstorm = await Gearstorm.start();
  jar = await compile();
});

afterEach(async () => {
  for (const { name } of await gearstorm.list()) await gearstorm.killAndWait(name);
});

afterAll(() => gearstorm.stop());

// clause: credentials
it('are told before open and when they are replaced, by either command', async () => {
  const vault = await submit('first', 'user', 'user-secret-1');
  const given = '{ticket=ticket-secret-1, user=user-secret-1} [populated by ticket-secret-1]';
  await untilSaid(vault, ['guard opened with', 'keeper opened with', 'keeper opened with'], given);

  const storms = await client('backtype.storm.command.upload_credentials', 'first', 'user', 'two');
  expect(storms.exitCode, storms.stderr).toBe(0);
  const two = '{user=two} [updated for two]';
  await untilSaid(vault, ['guard told', 'keeper told', 'keeper told'], two);

  const file = join(gearstorm.directory, 'more.properties');
  await writeFile(file, '# more\nticket: three\nuser = overruled\n');
  const ours = await gearstorm.run('upload-credentials', 'first', 'user', 'three', '-f', file);
  expect(ours.stdout).toBe('Uploaded new creds to topology: first\n');
  const three = '{ticket=three, user=three} [updated for three]';
  await untilSaid(vault, ['guard told', 'keeper told', 'keeper told'], three);
});

it('survive serve and workers, and reach workers that were alone when they changed', async () => {
  const vault = await submit('second', 'user', 'user-secret-1');
  await untilSaid(vault, ['guard opened with'], 'user-secret-1');
  await gearstorm.crash();
  await gearstorm.serve();
  expect((await gearstorm.run('upload-credentials', 'second', 'user', 'two')).exitCode).toBe(0);
  await untilSaid(vault, ['guard told', 'keeper told'], '{user=two}');
  await writeFile(vault, '');
  await gearstorm.run('rebalance', 'second', '-w', '0');
  await untilSaid(
    vault,
    ['guard opened with', 'keeper opened with'],
    '{user=two} [populated by null]',
  );
});

it('are in no log, answer or configuration', async () => {
  const vault = await submit('third', 'user', 'user-secret-1');
  await untilSaid(vault, ['guard opened with'], 'user-secret-1');
  await gearstorm.run('upload-credentials', 'third', 'user', 'user-secret-2');
  await untilSaid(vault, ['guard told'], 'user-secret-2');
  const files = await readdir(gearstorm.directory, { recursive: true });
  const holders = [];
  for (const file of files.filter((each) => /\.(json|log|out|thrift)$/.test(each))) {
    const text = await readFile(join(gearstorm.directory, file), 'latin1');
    if (/(user|ticket)-secret/.test(text)) holders.push(file.replace(/.*\//, ''));
  }
  expect(holders).toEqual(['credentials.json']);
  const conf = await client(join(import.meta.dirname, 'TopologyConf.java'));
  expect(conf.exitCode, conf.stderr).toBe(0);
  expect(conf.stdout + conf.stderr).not.toMatch(/(user|ticket)-secret/);
});

it('of nobody are refused with the exception that 0.10 knows', async () => {
  const refused = await client('backtype.storm.command.upload_credentials', 'nobody', 'a', 'b');
  expect(refused.exitCode).not.toBe(0);
  expect(refused.stdout + refused.stderr).toContain('NotAliveException');
  const ours = await gearstorm.run('upload-credentials', 'nobody', 'a', 'b');
  expect(ours.exitCode).toBe(1);
  expect(ours.stderr).toContain('nobody');
});

async function compile(): Promise<string> {
  const classes = join(gearstorm.directory, 'classes');
  await mkdir(classes);
  await mustRun('javac', [
    '--release',
    '17',
    '-nowarn',
    '-cp',
    stormLibraries,
    '-d',
    classes,
    source,
  ]);
  const file = join(gearstorm.directory, 'vault.jar');
  await mustRun('jar', ['cf', file, '-C', classes, '.']);
  return file;
}

function client(main: string, ...words: readonly string[]): Promise<CommandResult> {
  return stormClient(gearstorm, [main, ...words], { jar });
}

/** Returns the file that the components write to. */
async function submit(name: string, ...credentials: readonly string[]): Promise<string> {
  const vault = join(gearstorm.directory, `${name}.txt`);
  await writeFile(vault, '');
  const submitted = await client('Vault', name, vault, ...credentials);
  expect(submitted.exitCode, submitted.stderr).toBe(0);
  return vault;
}

/** Waits until one line for each of the beginnings holds the text. */
async function untilSaid(
  vault: string,
  beginnings: readonly string[],
  text: string,
): Promise<void> {
  const isSaid = (lines: readonly string[]) =>
    beginnings.every(
      (each) =>
        lines.filter((line) => line.startsWith(each) && line.includes(text)).length >=
        beginnings.filter((other) => other === each).length,
    );
  let lines: readonly string[] = [];
  await waitFor(`${text} in ${vault}`, 60_000, async () => {
    lines = (await readFile(vault, 'utf8')).split('\n');
    return isSaid(lines);
  }).catch((error: unknown) => expect({ text, error }).toEqual(lines));
}
