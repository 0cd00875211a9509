import type { ComponentSpec, Generation, StormConf } from '../storm-api/index.ts';
import { keysReservedFromComponents } from './known-config-keys.ts';

/**
 * What a component's executors see: the topology's configuration with the component's own laid
 * over it, of which only the user's keys and the few that Storm allows count (Storm's
 * normalized-component-conf).
 */
export function componentConfig(
  component: ComponentSpec,
  config: StormConf,
  generation: Generation,
): StormConf {
  const reserved = keysReservedFromComponents(generation);
  return config.merge(component.config.filter((key) => !reserved.has(key)));
}
