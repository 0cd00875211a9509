import type { StormConf } from '../storm-api/index.ts';

/** Classes that ask nobody who he is, as Storm's defaults do. */
const openClasses = ['SimpleTransportPlugin', 'NoopAuthorizer'];

/** What protects Storm's daemons, and nothing of ours. */
const protections = ['storm.thrift.transport', 'nimbus.authorizer', 'ui.filter', 'logs.users'];

/** A protection that the configuration asks for and that we do not give. */
export interface UnmetSecurity {
  readonly key: string;
  readonly value: string;
}

/** Every one of them, so that nobody believes in a protection that is not there. */
export function unmetSecurity(config: StormConf): readonly UnmetSecurity[] {
  return protections
    .filter((key) => asksForMore(config.get(key)))
    .map((key) => ({ key, value: config.text(key) ?? '' }));
}

function asksForMore(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'string' || !openClasses.includes(value.split('.').at(-1) ?? '');
}
