import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runCommand } from '../conformance-tests/harness/index.ts';
import { comparedMains, goldenMains, linesOf } from '../conformance-tests/local/mains.ts';

const mainMs = 180_000;

/** Runs each main on the LocalCluster of the real Storm whose libraries lie in the folder. */
export async function recordMains(libraries: string, head: string): Promise<void> {
  await mkdir(goldenMains, { recursive: true });
  const storm = (await readdir(libraries)).map((name) => join(libraries, name));
  for (const main of comparedMains) {
    const directory = await mkdtemp(join(tmpdir(), 'gearstorm-record-'));
    const classPath = [...storm, ...main.jars].join(delimiter);
    const words = [`-Djava.io.tmpdir=${directory}`, '-cp', classPath, ...main.words];
    const run = await runCommand('java', words, { directory, timeoutMs: mainMs });
    await rm(directory, { recursive: true, force: true });
    const lines = linesOf(main, run.stdout);
    const end = run.exitCode === null ? ', did not end' : '';
    process.stdout.write(`${main.name}: ${lines.length} lines${end}\n`);
    await writeFile(join(goldenMains, `${main.name}.txt`), `${head}${lines.join('\n')}\n`);
  }
}
