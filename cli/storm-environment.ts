import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterConfDirectory } from '../storm-api/config/index.ts';

/**
 * What `storm_env.ini` beside the cluster's storm.yaml sets in its section `environment`; as in
 * Storm it stands above what the shell set.
 */
export function stormEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const folder = clusterConfDirectory(environment);
  const file = folder === null ? null : join(folder, 'storm_env.ini');
  return file !== null && existsSync(file) ? environmentOf(readFileSync(file, 'utf8')) : {};
}

/** Lines of `NAME=value` or `NAME: value` below `[environment]`; `#` and `;` begin comments. */
function environmentOf(text: string): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  let section = '';
  for (const line of text.split(/\r?\n/)) {
    const [, name] = /^\[(.+)\]\s*$/.exec(line) ?? [];
    const [, key, value] = /^([^#;\s[=:][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) section = name;
    else if (section === 'environment' && key !== undefined) variables[key] = value ?? '';
  }
  return variables;
}
