import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError } from './errors.ts';

export interface StormYamlSearch {
  /** Value of `--config`; null when not given. */
  readonly configOption: string | null;
  /** Daemons do not look into the home directory. */
  readonly role: 'client' | 'daemon';
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly workingDirectory: string;
}

/**
 * Path of the storm.yaml that Storm's tools would take: `--config` (a path, or a file of the
 * cluster's conf directory), else for client commands ~/.storm/storm.yaml, else that of the
 * cluster's conf directory (STORM_CONF_DIR, or conf/ in STORM_HOME).
 * @returns null when there is none
 * @throws ConfigError when `--config` names no file
 */
export function findStormYaml(
  search: StormYamlSearch,
  exists: (path: string) => boolean = existsSync,
): string | null {
  const confDirectory = clusterConfDirectory(search.env);
  const inConf = (name: string) => (confDirectory === null ? [] : [join(confDirectory, name)]);
  const { configOption, role, homeDirectory, workingDirectory } = search;
  if (configOption !== null) {
    const candidates = [resolve(workingDirectory, configOption), ...inConf(configOption)];
    const found = candidates.find(exists);
    if (found !== undefined) return found;
    throw new ConfigError(`--config ${configOption}: there is no such file`);
  }
  const own = role === 'client' ? [join(homeDirectory, '.storm', 'storm.yaml')] : [];
  return [...own, ...inConf('storm.yaml')].find(exists) ?? null;
}

/** Where daemons' configuration lies; null when nothing names it. */
export function clusterConfDirectory(env: StormYamlSearch['env']): string | null {
  const { STORM_CONF_DIR: confDirectory, STORM_HOME: home } = env;
  if (confDirectory !== undefined && confDirectory !== '') return confDirectory;
  return home === undefined || home === '' ? null : join(home, 'conf');
}
