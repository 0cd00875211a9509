import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import type { StormConf } from '../../storm-api/index.ts';

/**
 * What `topology.classpath`, a string or a list, adds behind the topology's jar; relative to where
 * serve was started. As in a JVM, `FOLDER/*` stands for the jars of a folder, and what is not there
 * is passed over.
 */
export function topologyClassPath(config: StormConf): readonly string[] {
  const value = config.get('topology.classpath');
  const texts = Array.isArray(value) ? value : [value];
  return texts
    .flatMap((text) => (typeof text === 'string' ? text.split(delimiter) : []))
    .filter((entry) => entry !== '')
    .map((entry) => resolve(entry))
    .flatMap((entry) => (basename(entry) === '*' ? jarsIn(dirname(entry)) : [entry]))
    .filter((entry) => existsSync(entry));
}

function jarsIn(folder: string): readonly string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const names = readdirSync(folder).filter((name) => /\.jar$/i.test(name));
  return names.sort().map((name) => join(folder, name));
}
