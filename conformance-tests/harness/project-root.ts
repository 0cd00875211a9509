import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, also for a compiled copy of this file below it. */
export const projectRoot = ancestorWith('package.json', dirname(fileURLToPath(import.meta.url)));

function ancestorWith(name: string, directory: string): string {
  if (existsSync(join(directory, name))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error(`no ${name} above this file`);
  return ancestorWith(name, parent);
}
