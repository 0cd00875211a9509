import { namedGeneration } from '../config/named-generation.ts';
import type { StormConf } from '../config/storm-conf.ts';
import type { Generation } from '../model/topology.ts';

/** Clients put it into every submitted configuration from 0.10 on. */
const authPayloadKey = 'storm.zookeeper.topology.auth.payload';

/** @throws InvalidTopologyError when the configuration names a version that we do not run. */
export function detectGeneration(config: StormConf): Generation {
  return namedGeneration(config) ?? (config.has(authPayloadKey) ? 'storm-0.10' : 'storm-0.9');
}
