import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { comparedMains, goldenMains, runMain } from '../conformance-tests/local/mains.ts';

/**
 * Runs mains on the LocalCluster of the real Storm whose libraries lie in the folder.
 * @param names which of them; none: all
 * @throws Error for a name that none has
 */
export async function recordMains(
  libraries: string,
  head: string,
  names: readonly string[],
): Promise<void> {
  const unknown = names.find((name) => comparedMains.every((main) => main.name !== name));
  if (unknown !== undefined) throw new Error(`there is no main ${unknown}`);
  await mkdir(goldenMains, { recursive: true });
  const storm = (await readdir(libraries)).map((name) => join(libraries, name));
  const wanted = comparedMains.filter(({ name }) => names.length === 0 || names.includes(name));
  for (const main of wanted) {
    const { lines, exitCode } = await runMain(main, storm);
    const end = main.ends && exitCode === null ? ', did not end' : '';
    process.stdout.write(`${main.name}: ${lines.length} lines${end}\n`);
    // a slow machine: the main's own time was over before its topology had begun
    if (lines.length === 0) continue;
    await writeFile(join(goldenMains, `${main.name}.txt`), `${head}${lines.join('\n')}\n`);
  }
}
