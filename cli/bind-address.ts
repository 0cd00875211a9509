import { isIPv4 } from 'node:net';
import { readSetting, settings } from '../storm-api/config/index.ts';
import type { StormConf } from '../storm-api/index.ts';
import { CommandError } from './errors.ts';

export interface BindAddresses {
  readonly nimbus: string;
  readonly ui: string;
}

/**
 * Where serve listens. Nobody is asked who he is, so only this machine may reach us unless told otherwise.
 *
 * @throws CommandError, ConfigError
 */
export function bindAddresses(config: StormConf): BindAddresses {
  const nimbus = readSetting(config, settings.nimbusHost);
  const ui = readSetting(config, settings.uiHost);
  if (!readSetting(config, settings.allowUnauthenticatedBind)) {
    checkLoopback('nimbus.host', nimbus);
    checkLoopback('ui.host', ui);
  }
  return { nimbus: withoutAmbiguity(nimbus), ui: withoutAmbiguity(ui) };
}

function checkLoopback(key: string, host: string): void {
  if (host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))) return;
  throw new CommandError(
    `${key} is ${host}, which others can reach without authentication: set gearstorm.allow.unauthenticated.bind=true if that is wanted`,
  );
}

/** Java's clients try the IPv4 address of localhost first; Node may find the other one. */
function withoutAmbiguity(host: string): string {
  return host === 'localhost' ? '127.0.0.1' : host;
}
