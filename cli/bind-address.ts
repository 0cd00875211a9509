import { isIPv4 } from 'node:net';
import { readSetting, type Setting, settings } from '../storm-api/config/index.ts';
import type { StormConf } from '../storm-api/index.ts';
import { CommandError } from './errors.ts';
import { unmetSecurity } from './unmet-security.ts';

/**
 * Where a server listens. Nobody is asked who he is, so only this machine may reach us unless told otherwise.
 *
 * @throws CommandError, ConfigError
 */
export function bindAddress(config: StormConf, setting: Setting<string>): string {
  const host = readSetting(config, setting);
  if (!readSetting(config, settings.allowUnauthenticatedBind) && !isLoopback(host)) {
    throw new CommandError(refusalOf(setting.key, host, config));
  }
  return withoutAmbiguity(host);
}

/** What programs of this machine reach such a server by: nobody can connect to "any address". */
export function reachable(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}

/** Whether only this machine reaches a server there. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

function refusalOf(key: string, host: string, config: StormConf): string {
  const unmet = unmetSecurity(config).map((each) => each.key);
  const despite = unmet.length === 0 ? '' : `; ${unmet.join(', ')} would not change that`;
  return `${key} is ${host}, which others can reach without authentication${despite}: set gearstorm.allow.unauthenticated.bind=true if that is wanted`;
}

/** Java's clients try the IPv4 address of localhost first; Node may find the other one. */
function withoutAmbiguity(host: string): string {
  return host === 'localhost' ? '127.0.0.1' : host;
}
