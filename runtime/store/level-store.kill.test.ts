import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LevelStore } from './level-store.ts';

// Goal: no put that was acknowledged is lost when the process is killed.
// Method: a child writes numbered entries, one after the other and many at once, and prints each
// acknowledged number; we kill it at some point, open its directory and look for all of them.

const rounds = 4;
const here = import.meta.dirname;
const writer = `
import { LevelStore } from './level-store.js';
const store = await LevelStore.open(process.argv[2]);
const epoch = await store.claim('writer', 60_000);
let next = Number(process.argv[3]);
const write = async () => {
  for (;;) {
    const number = next++;
    await store.put(epoch, 'n/' + number, 'x'.repeat(1 + (number % 3000)));
    process.stdout.write(number + '\\n');
  }
};
await Promise.all([write(), write(), write()]);
`;

let directory: string;
let program: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'level-kill-'));
  const code = join(directory, 'code');
  await mkdir(code);
  for (const name of ['level-store', 'errors', 'lease', 'sorted-by-key']) {
    const source = await readFile(join(here, `${name}.ts`), 'utf8');
    await writeFile(join(code, `${name}.js`), compile(source));
  }
  await writeFile(join(code, 'package.json'), '{"type":"module"}');
  await symlink(join(here, '..', '..', 'node_modules'), join(code, 'node_modules'));
  program = join(code, 'writer.js');
  await writeFile(program, writer);
});
afterAll(() => rm(directory, { recursive: true }));

function compile(source: string): string {
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2023,
    rewriteRelativeImportExtensions: true,
  };
  return ts.transpileModule(source, { compilerOptions }).outputText;
}

it('kill -9 loses no acknowledged put and no epoch', async () => {
  const data = join(directory, 'data');
  const acknowledged = new Set<number>();
  for (let round = 1; round <= rounds; round++) {
    const child = spawn(process.execPath, [program, data, String(round * 1_000_000)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await collectUntilKilled(child, acknowledged, 40 * round);

    const store = await LevelStore.open(data);
    const entries = await store.list('n/');
    for (const number of acknowledged) {
      expect(entries.get(`n/${number}`)?.length).toBe(1 + (number % 3000));
    }
    expect(await store.claim('checker', 1)).toBe(2 * round);
    await store.close();
  }
}, 30_000);

/** Kills the child after so many acknowledgements; those on their way still count. */
async function collectUntilKilled(
  child: ChildProcess,
  acknowledged: Set<number>,
  count: number,
): Promise<void> {
  if (child.stdout === null) throw new Error('no output to read');
  const ended = once(child, 'exit');
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.add(Number(line));
    seen += 1;
    if (seen === count) child.kill('SIGKILL');
  }
  await ended;
}
