import { NotAliveError, type TopologyService, type TopologySummary } from '../storm-api/index.ts';

/** @param nameOrId a topology's name or its storm id. @throws NotAliveError */
export function findTopology(service: TopologyService, nameOrId: string): TopologySummary {
  const found = service
    .cluster()
    .topologies.find((each) => each.name === nameOrId || each.id === nameOrId);
  if (found === undefined) throw new NotAliveError(`${nameOrId} is not alive`);
  return found;
}
