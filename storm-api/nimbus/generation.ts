import type { StormConf } from '../config/storm-conf.ts';
import { InvalidTopologyError } from '../errors.ts';
import type { Generation } from '../model/topology.ts';

/** Says which Storm a topology was built for, such as "0.10.2"; guessed when absent. */
const versionKey = 'gearstorm.storm.version';
/** Clients put it into every submitted configuration from 0.10 on. */
const authPayloadKey = 'storm.zookeeper.topology.auth.payload';

/** @throws InvalidTopologyError when the configuration names a version that we do not run. */
export function detectGeneration(config: StormConf): Generation {
  const version = config.get(versionKey);
  if (version === null) return config.has(authPayloadKey) ? 'storm-0.10' : 'storm-0.9';
  if (typeof version === 'string' && /^0\.9(\.|$)/.test(version)) return 'storm-0.9';
  if (typeof version === 'string' && /^0\.10(\.|$)/.test(version)) return 'storm-0.10';
  throw new InvalidTopologyError(
    `${versionKey} is ${config.text(versionKey)}, but only "0.9" and "0.10" releases can be run`,
  );
}
