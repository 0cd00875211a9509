import type {
  ComponentId,
  ComponentStatistics,
  TopologyDescription,
  TopologyStatistics,
} from '../../storm-api/index.ts';
import { type Dialect, isSystem } from './format.ts';

/** What a page is asked for. */
export interface PageRequest {
  /** Seconds as text, or `:all-time`. */
  readonly window: string;
  /** Whether Storm's own components and streams count too. */
  readonly withSystem: boolean;
  readonly dialect: Dialect;
}

export interface Page extends PageRequest {
  readonly topology: TopologyDescription;
  readonly statistics: TopologyStatistics;
  readonly supervisorId: string;
}

/** Those that have executors, by id. */
export function componentsOf(
  { topology, statistics, withSystem }: Page,
  kind: 'spout' | 'bolt',
): readonly ComponentStatistics[] {
  const kinds = new Map(topology.systemTopology.components.map((each) => [each.id, each.kind]));
  const wanted = (id: ComponentId) =>
    (kinds.get(id) ?? 'bolt') === kind && (kind === 'spout' || withSystem || !isSystem(id));
  return statistics.components
    .filter(({ id, executors }) => executors > 0 && wanted(id))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}
