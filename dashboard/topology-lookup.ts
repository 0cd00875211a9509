import {
  type ClusterDescription,
  didYouMean,
  NotAliveError,
  type TopologyService,
  type TopologySummary,
} from '../storm-api/index.ts';

/** @param nameOrId a topology's name or its storm id, also as links write it. @throws NotAliveError */
export function findTopology(service: TopologyService, nameOrId: string): TopologySummary {
  return topologyIn(service.cluster(), nameOrId);
}

/** The same, for who needs the description of the cluster too: it costs a look at every topology. */
export function topologyIn(cluster: ClusterDescription, nameOrId: string): TopologySummary {
  const { topology, isDamaged } = findListed(cluster, nameOrId);
  if (topology !== null && !isDamaged) return topology;
  const names = cluster.topologies.map(({ name }) => name);
  throw new NotAliveError(`${nameOrId} is not alive${didYouMean(nameOrId, names)}`);
}

/** The same of those that cannot run and are listed only to be killed; null when there is none. */
export function findDamaged(service: TopologyService, nameOrId: string): TopologySummary | null {
  const { topology, isDamaged } = findListed(service.cluster(), nameOrId);
  return isDamaged ? topology : null;
}

/** One search for both kinds: the very name of one comes before what a link to the other may mean. */
function findListed({ topologies, damaged }: ClusterDescription, nameOrId: string) {
  const topology = findLinked(nameOrId, (wanted) =>
    [...topologies, ...damaged].find(({ id, name }) => name === wanted || id === wanted),
  );
  if (topology === undefined) return { topology: null, isDamaged: false };
  return { topology, isDamaged: damaged.includes(topology) };
}

/** What a part of a path names: the links of Storm's answers write a blank as `+`, also in paths. */
export function findLinked<T>(text: string, find: (name: string) => T | undefined): T | undefined {
  return find(text) ?? find(text.replaceAll('+', ' '));
}
