import type { StormConf } from '../../storm-api/index.ts';

/** Storm's topology.environment: a map of strings put over the worker's environment. */
export function topologyEnvironment(config: StormConf): Readonly<Record<string, string>> {
  const value = config.get('topology.environment');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]));
}
