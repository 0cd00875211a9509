import { NotAliveError, type TopologyService, type TopologySummary } from '../storm-api/index.ts';

/** @param nameOrId a topology's name or its storm id, also as links write it. @throws NotAliveError */
export function findTopology(service: TopologyService, nameOrId: string): TopologySummary {
  const { topologies } = service.cluster();
  const found = findLinked(nameOrId, (wanted) =>
    topologies.find((each) => each.name === wanted || each.id === wanted),
  );
  if (found === undefined) throw new NotAliveError(`${nameOrId} is not alive`);
  return found;
}

/** The same of those that cannot run and are listed only to be killed; null when there is none. */
export function findDamaged(service: TopologyService, nameOrId: string): TopologySummary | null {
  const { damaged } = service.cluster();
  const found = findLinked(nameOrId, (wanted) =>
    damaged.find((each) => each.name === wanted || each.id === wanted),
  );
  return found ?? null;
}

/** What a part of a path names: the links of Storm's answers write a blank as `+`, also in paths. */
export function findLinked<T>(text: string, find: (name: string) => T | undefined): T | undefined {
  return find(text) ?? find(text.replaceAll('+', ' '));
}
