import type { StormConf } from '../config/storm-conf.ts';
import type { ComponentId, StreamId } from './ids.ts';
import type { JavaArgument } from './java-argument.ts';
import type { StreamGrouping } from './stream-grouping.ts';

/** What runs inside a component (Thrift ComponentObject). */
export type Implementation =
  | { readonly kind: 'serialized-java'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'java-object';
      readonly className: string;
      readonly args: readonly JavaArgument[];
    }
  | { readonly kind: 'shell'; readonly command: string; readonly script: string }
  /** Code of this runtime's own language, found by the component's id. */
  | { readonly kind: 'native' };

export interface StreamSpec {
  readonly fields: readonly string[];
  readonly direct: boolean;
}

/** One subscription; Storm allows one per (source, stream) of a component. */
export interface InputSpec {
  readonly source: ComponentId;
  readonly stream: StreamId;
  readonly grouping: StreamGrouping;
}

/** A spout or bolt as submitted; equal for every Storm generation. */
export interface ComponentSpec {
  readonly kind: 'spout' | 'bolt' | 'state-spout';
  readonly id: ComponentId;
  readonly implementation: Implementation;
  /** Executors wanted; null when the client left it out (Storm reads that as 1). */
  readonly parallelismHint: number | null;
  /** The component's own configuration (Thrift json_conf). */
  readonly config: StormConf;
  readonly streams: ReadonlyMap<StreamId, StreamSpec>;
  /** In the order of the client's map. */
  readonly inputs: readonly InputSpec[];
}
