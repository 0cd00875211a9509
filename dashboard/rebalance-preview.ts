import type { ParallelismRequest, PlacedExecutor, TopologyService } from '../storm-api/index.ts';
import type { Placed, RebalancePreview } from './live/rebalance-preview.ts';

/** What a rebalance would change, component by component. @throws NotAliveError, InvalidTopologyError */
export function rebalancePreview(
  service: TopologyService,
  id: string,
  change: ParallelismRequest,
): RebalancePreview {
  const before = service.describe(id).executorList;
  const after = service.previewRebalance(id, change);
  const components = new Set([...before, ...after].map(({ component }) => component));
  const moves = [...components].map((component) => ({
    component,
    before: placesOf(before.filter((each) => each.component === component)),
    after: placesOf(after.filter((each) => each.component === component)),
  }));
  return {
    workersBefore: portsOf(before).size,
    workersAfter: portsOf(after).size,
    executorsBefore: before.length,
    executorsAfter: after.length,
    moves: moves.filter((move) => JSON.stringify(move.before) !== JSON.stringify(move.after)),
  };
}

function portsOf(executors: readonly Pick<PlacedExecutor, 'port'>[]): ReadonlySet<number> {
  return new Set(executors.map(({ port }) => port));
}

function placesOf(executors: readonly Pick<PlacedExecutor, 'port'>[]): readonly Placed[] {
  return [...portsOf(executors)]
    .sort((a, b) => a - b)
    .map((port) => ({ port, executors: executors.filter((each) => each.port === port).length }));
}
