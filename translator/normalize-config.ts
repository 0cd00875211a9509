import {
  InvalidTopologyError,
  type StormConf,
  type StormId,
  type Topology,
} from '../storm-api/index.ts';
import { isObject, readInteger, readList } from './read-config.ts';

const kryoRegister = 'topology.kryo.register';
const kryoDecorators = 'topology.kryo.decorators';

/**
 * The configuration that is saved and given to workers: the cluster's under the topology's, with
 * `storm.id` and `topology.name`, and Kryo's lists gathered from all components so that every
 * worker serializes alike (Storm's normalize-conf).
 * @throws InvalidTopologyError
 */
export function normalizeConfig(
  topology: Topology,
  stormId: StormId,
  cluster: StormConf,
): StormConf {
  const merged = cluster.merge(withoutZooKeeperLogin(topology.config, cluster));
  // A topology's null does not hide the cluster's list, unlike the rest of the merge.
  const sources = (key: string) => [
    ...topology.components.map(({ config }) => config),
    topology.config.get(key) === null ? cluster : topology.config,
  ];
  return merged.with({
    ...(topology.generation === 'storm-0.9' ? {} : submitter(merged)),
    'storm.id': stormId,
    'topology.name': topology.name,
    [kryoRegister]: gatherRegistrations(sources(kryoRegister)),
    [kryoDecorators]: [...new Set(sources(kryoDecorators).flatMap(readDecorators))],
  });
}

/**
 * Keys that hold a number somewhere and keep the cluster's value in `normalizeConfig`: Kryo's lists
 * hold none.
 */
export function yamlKeys(topology: Topology, cluster: StormConf): readonly string[] {
  const isClusters = (key: string) => !topology.config.has(key) && holdsNumber(cluster.get(key));
  return [...cluster.keys()].filter(isClusters);
}

function holdsNumber(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'number';
  return Object.values(value).some(holdsNumber);
}

/**
 * The client of 0.10 thinks up a login to ZooKeeper for every topology. Where the cluster itself
 * has none, Nimbus takes it away: with it Trident's state asks for an access list that is not there.
 */
function withoutZooKeeperLogin(topology: StormConf, cluster: StormConf): StormConf {
  const scheme = cluster.get('storm.zookeeper.auth.scheme');
  if (scheme !== null && scheme !== '') return topology;
  return topology.filter((key) => !key.startsWith('storm.zookeeper.topology.auth.'));
}

/**
 * The topology with the number of tasks written into each component's configuration (Storm's
 * normalize-topology).
 * @throws InvalidTopologyError
 */
export function writeBackTasks(topology: Topology, config: StormConf): Topology {
  const components = topology.components.map((component) => {
    const merged = config.merge(component.config);
    const wanted = readInteger(merged, 'topology.tasks') ?? component.parallelismHint ?? 1;
    const max = readInteger(merged, 'topology.max.task.parallelism');
    const tasks = max === null ? wanted : Math.min(max, wanted);
    return { ...component, config: component.config.with({ 'topology.tasks': tasks }) };
  });
  return { ...topology, components };
}

/**
 * What Nimbus of 0.10 says of who submitted, whom no client can name otherwise. Clients are not
 * authenticated here, and to these it says nothing.
 */
function submitter(merged: StormConf): Record<string, unknown> {
  return {
    'topology.submitter.principal': '',
    'topology.submitter.user': '',
    'topology.users': [...new Set(readList(merged, 'topology.users'))],
  };
}

/** Class name to serializer, null for Kryo's default; later sources win, the topology is last. */
function gatherRegistrations(sources: readonly StormConf[]): Record<string, unknown> | null {
  const registrations = sources.flatMap(readRegistrations);
  return registrations.length === 0 ? null : Object.fromEntries(registrations);
}

/** Entries are class names or maps from class name to serializer, or all is one such map. */
function readRegistrations(config: StormConf): [string, unknown][] {
  const value = config.get(kryoRegister);
  if (isObject(value)) return Object.entries(value);
  return readList(config, kryoRegister).flatMap((entry): [string, unknown][] => {
    if (typeof entry === 'string') return [[entry, null]];
    if (isObject(entry)) return Object.entries(entry);
    throw new InvalidTopologyError(
      `${kryoRegister} holds ${JSON.stringify(entry)}, which is neither a class name nor a map`,
    );
  });
}

function readDecorators(config: StormConf): readonly unknown[] {
  return readList(config, kryoDecorators);
}
