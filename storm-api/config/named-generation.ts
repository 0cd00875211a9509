import { InvalidTopologyError } from '../errors.ts';
import type { Generation } from '../model/topology.ts';
import type { StormConf } from './storm-conf.ts';

/** Says which Storm a topology was built for, such as "0.10.2"; guessed when absent. */
const versionKey = 'gearstorm.storm.version';

/**
 * What the configuration says; null when it says nothing.
 * @throws InvalidTopologyError when it names a version that we do not run
 */
export function namedGeneration(config: StormConf): Generation | null {
  const version = config.get(versionKey);
  if (version === null) return null;
  if (typeof version === 'string' && /^0\.9(\.|$)/.test(version)) return 'storm-0.9';
  if (typeof version === 'string' && /^0\.10(\.|$)/.test(version)) return 'storm-0.10';
  throw new InvalidTopologyError(
    `${versionKey} is ${config.text(versionKey)}, but only "0.9" and "0.10" releases can be run`,
  );
}
