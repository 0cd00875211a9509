import type { StormConf } from '../config/storm-conf.ts';
import type { ComponentSpec } from './component-spec.ts';

/** Storm's API generations; each has its own package names, defaults and fields hash. */
export type Generation = 'storm-0.9' | 'storm-0.10';

/** What a client submitted: neutral, immutable, without any trace of Thrift. */
export interface Topology {
  readonly name: string;
  readonly generation: Generation;
  /** The topology's configuration as the client sent it, before any default of ours. */
  readonly config: StormConf;
  /** Spouts, bolts and state spouts in the client's order; ids may still repeat across kinds. */
  readonly components: readonly ComponentSpec[];
}
