import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun, projectRoot } from '../conformance-tests/harness/index.ts';

const golden = join(projectRoot, 'conformance-tests/golden');

/** Arrays count by identity in 0.9, so that there is nothing to record of them. */
const generations = [
  { generation: '0.9', version: '0.9.7', values: [] },
  { generation: '0.10', version: '0.10.2', values: ['arrays'] },
] as const;

/** Lets the storm-core of each generation choose, and keeps what it chose as golden vectors. */
export async function recordGroupings(): Promise<void> {
  const lines: string[] = [];
  for (const { generation, version, values } of generations) {
    const libraries = join(projectRoot, `build/storm-${generation}/lib`);
    const jar = `storm-core-${version}.jar`;
    const sha256 = await sha256Of(join(libraries, jar));
    lines.push(JSON.stringify({ kind: 'source', generation, jar, sha256 }));
    const program = join(golden, 'GroupingVectors.java');
    const args = ['-cp', join(libraries, '*'), program, generation, ...values];
    lines.push(...(await mustRun('java', args)).trim().split('\n'));
  }
  await writeFile(join(golden, 'groupings.ndjson'), `${lines.join('\n')}\n`);
  process.stdout.write(`groupings: ${lines.length} vectors\n`);
}

/** In hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256').update(await readFile(file));
  return hash.digest('hex');
}
