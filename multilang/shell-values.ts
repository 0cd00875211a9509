import { readNumber } from './read-number.ts';

const timeoutSecsDefault = 30;

/** Values in the order of the stream's fields, for a collector whose types know them by name. */
export function asValues(list: readonly unknown[]): never {
  return list as never;
}

/** How long a child may be silent while it owes something; Storm's keys and default. */
export function subprocessTimeoutMs(config: ReadonlyMap<string, unknown>): number {
  const secs =
    readNumber(config, 'topology.subprocess.timeout.secs') ??
    readNumber(config, 'supervisor.worker.timeout.secs') ??
    timeoutSecsDefault;
  return secs * 1000;
}
