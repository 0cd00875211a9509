import type { ComponentSpec, Generation, StormConf } from '../storm-api/index.ts';
import { keysReservedFromComponents } from './known-config-keys.ts';

/**
 * What a component lays over the topology's configuration for its executors: of its own, only the
 * user's keys and the few that Storm allows count (Storm's normalized-component-conf).
 */
export function ownConfig(component: ComponentSpec, generation: Generation): StormConf {
  const reserved = keysReservedFromComponents(generation);
  return component.config.filter((key) => !reserved.has(key));
}
