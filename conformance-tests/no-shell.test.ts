// Goal: no text that came from outside ever reaches a shell. Method: nothing of ours that is
// shipped can start one: programs are started from a list of words.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from './harness/index.ts';

const typeScript = ['storm-api', 'translator', 'runtime', 'multilang', 'kafka-connectors', 'drpc'];

function sources(folder: string, pattern: RegExp): readonly (readonly [string, string])[] {
  const names = readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => pattern.test(name) && !/\.(test|fixture)\.ts$/.test(name))
    .map((name) => [name, readFileSync(join(projectRoot, folder, name), 'utf8')]);
}

it('starts every process from a list of words', () => {
  const files = [...typeScript, 'dashboard', 'cli'].flatMap((folder) => sources(folder, /\.ts$/));
  expect(files.length).toBeGreaterThan(300);
  for (const [name, text] of files) {
    const [, imported = ''] =
      /import (?:type )?\{([^}]*)\} from 'node:child_process'/.exec(text) ?? [];
    expect(imported.match(/\b(exec|execSync)\b/), name).toBeNull();
    expect(text, name).not.toMatch(/\bshell: *(true|['"`])|from 'child_process'/);
    expect(text, name).not.toMatch(/['"`](\/bin\/)?(ba|da|z)?sh['"`], *(\[ *)?['"`]-l?c['"`]/);
  }
});

it('and so does what is in Java', () => {
  const files = sources('jvm', /src\/main\/.*\.java$/);
  expect(files.length).toBeGreaterThan(100);
  for (const [name, text] of files) {
    expect(text, name).not.toMatch(/getRuntime\(\)\s*\.exec\(|"(\/bin\/)?(ba|da)?sh"/);
  }
});
