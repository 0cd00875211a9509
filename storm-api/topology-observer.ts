import type { StormConf } from './config/storm-conf.ts';
import type { ComponentId, StormId } from './model/ids.ts';
import type { Generation } from './model/topology.ts';
import type { TopologyStatus } from './model/topology-status.ts';

/** A spout that fetches the requests of DRPC functions, found when the topology was submitted. */
export interface DrpcSpout {
  readonly component: ComponentId;
  readonly className: string;
  /** Never empty. */
  readonly functions: readonly string[];
}

/** What an observer hears of an accepted topology. */
export interface ObservedTopology {
  readonly id: StormId;
  readonly name: string;
  readonly status: TopologyStatus;
  readonly generation: Generation;
  /** The normalised topology configuration. */
  readonly config: StormConf;
  readonly drpcSpouts: readonly DrpcSpout[];
}

/** Who wants to know at once what becomes of topologies; what it throws is nobody's to handle. */
export interface TopologyObserver {
  /** It was accepted, or found again after a restart, or its status is another now. */
  onTopology(topology: ObservedTopology): void;
  /**
   * One of its workers ended, for whatever reason, with all that was in its memory.
   * @param functions DRPC functions of which it may have held tuples that others had fetched
   */
  onWorkerEnded(id: StormId, reason: string, functions: readonly string[]): void;
  /** Nothing of it runs any more. */
  onRemoved(id: StormId): void;
}
