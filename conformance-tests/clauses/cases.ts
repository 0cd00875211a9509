import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** A test, or a topology that is compared with real Storm, and the rules that it tries. */
export interface Case {
  readonly file: string;
  readonly name: string;
  readonly clauses: readonly string[];
}

const skipped = new Set(['node_modules', 'dist', 'build', 'target', 'results']);
const testFile = /\.(test|contract)\.ts$|\/src\/test\/.*\.java$|\/java\/probe\/.*\.java$/;
const tag = /^\s*\/\/ clause: (.+)$/gm;
/** What a tag stands above: a test of vitest, a test of JUnit, or a class of a probe. */
const titled =
  /\bit(?:\.concurrent)?(?:\.each\([\s\S]*?\))?\(\s*'([^']*)'|\bvoid (\w+)\(|\bclass (\w+)/;

/** Every tagged case below the project's folder, by file and place. */
export async function findCases(root: string): Promise<readonly Case[]> {
  const files = (await filesBelow(root)).filter((file) => testFile.test(file)).sort();
  const cases = files.map(async (file) => {
    const path = relative(root, file).split(sep).join('/');
    return casesIn(path, await readFile(file, 'utf8'));
  });
  return (await Promise.all(cases)).flat();
}

/** @throws Error when nothing that can be named follows a tag */
export function casesIn(file: string, text: string): readonly Case[] {
  return [...text.matchAll(tag)].map((match) => {
    const [, ...names] = titled.exec(text.slice(match.index + match[0].length)) ?? [];
    const name = names.find((each) => each !== undefined);
    if (name === undefined) throw new Error(`${file}: no case follows ${match[0].trim()}`);
    return { file, name, clauses: (match[1] ?? '').split(',').map((id) => id.trim()) };
  });
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries
    .filter(({ name }) => !skipped.has(name) && !name.startsWith('.'))
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    });
  return (await Promise.all(found)).flat();
}
