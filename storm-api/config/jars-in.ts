import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The jars of a folder, by name, as a JVM takes them for `FOLDER/*`; none of what is no folder. */
export function jarsIn(folder: string): readonly string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const names = readdirSync(folder).filter((name) => /\.jar$/i.test(name));
  return names.sort().map((name) => join(folder, name));
}
