import { type Generation, InvalidTopologyError, type StormConf } from '../../storm-api/index.ts';

/** What topologies of one Storm generation run with; paths are absolute. */
export interface StormGeneration {
  /** Storm's libraries. */
  readonly classPath: readonly string[];
  /** Our bridge to them. */
  readonly bridgePath: readonly string[];
  /** Where set-up puts this generation's class-data archive; it may be absent. */
  readonly archive: string;
  /** What their own configuration is put over: this generation's defaults under the cluster's settings. */
  readonly config: StormConf;
}

/** Topologies of a generation that is absent here are refused. */
export type Generations = Readonly<Partial<Record<Generation, StormGeneration>>>;

/** @throws InvalidTopologyError when topologies of the generation cannot run here */
export function findGeneration(generations: Generations, name: Generation): StormGeneration {
  const generation = generations[name];
  if (generation === undefined) {
    throw new InvalidTopologyError(`topologies of ${name} cannot run here yet`);
  }
  return generation;
}
