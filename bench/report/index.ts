import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../conformance-tests/harness/index.ts';
import { pageText } from './page.ts';
import { plotsOf } from './plots.ts';
import { readResults } from './result-file.ts';

/** Makes docs/benchmarks.md and its plots from the result files that exist. */
export async function writeReport(directory: string): Promise<void> {
  const results = await readResults(directory);
  const plots = plotsOf(results);
  const folder = join(projectRoot, 'docs/benchmarks');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const { file, svg } of plots) await writeFile(join(folder, file), svg);
  await writeFile(join(projectRoot, 'docs/benchmarks.md'), pageText(results, plots));
}
