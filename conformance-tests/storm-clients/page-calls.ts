import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun, projectRoot } from '../harness/index.ts';

const program = join(import.meta.dirname, 'PageCalls.java');

/**
 * Asks what pages of a later Storm ask, with the classes of its client.
 * @param words of the program, after the host
 * @returns the numbers by name
 */
export async function pageCalls(
  release: '1.2.4' | '2.8.3',
  words: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const classPath = join(projectRoot, 'build/storm-clients', release, '*');
  const directory = await mkdtemp(join(tmpdir(), 'gearstorm-pages-'));
  try {
    const source = join(directory, 'PageCalls.java');
    const text = await readFile(program, 'utf8');
    await writeFile(source, text.replaceAll('backtype.storm', 'org.apache.storm'));
    const lines = await mustRun('java', ['-cp', classPath, source, '127.0.0.1', ...words]);
    const pairs = lines.split('\n').map((line) => /^(\w+) (.*)$/.exec(line));
    return Object.fromEntries(pairs.flatMap((pair) => (pair === null ? [] : [[pair[1], pair[2]]])));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
