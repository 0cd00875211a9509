import type { ComponentId, StreamId } from '../model/ids.ts';
import type { Topology } from '../model/topology.ts';
import type { Bolt, Spout } from './component.ts';
import type { TaskHook, TopologyContext } from './context.ts';
import type { Streams } from './fields.ts';
import type { ForeignBolt, ForeignSpout } from './foreign-component.ts';

/** Chooses target tasks for a tuple by its values; the tasks are those of the subscriber, sorted. */
export type CustomGrouping = (
  context: TopologyContext,
  tasks: readonly number[],
) => (sourceTask: number, values: readonly unknown[]) => readonly number[];

export interface ComponentOptions {
  /** Executors; 1 when left out. */
  readonly parallelism?: number;
  /** As many as executors when left out (Storm's setNumTasks). */
  readonly tasks?: number;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A subscription of a native component that chooses tasks by a function. */
export interface CustomSubscription {
  readonly target: ComponentId;
  readonly source: ComponentId;
  readonly stream: StreamId;
  readonly grouping: CustomGrouping;
}

export type OwnComponent = Spout<Streams> | Bolt<unknown, Streams>;
export type ForeignComponent = ForeignSpout<Streams> | ForeignBolt<unknown, Streams>;

/** What components that are not code of the program come from; paths as the program gave them. */
export interface ForeignFiles {
  readonly jars: readonly string[];
  readonly resources: readonly string[];
}

/** A topology whose components are in this program, except those of a jar or in other languages. */
export interface NativeTopology {
  readonly topology: Topology;
  /** Those of this program. */
  readonly components: ReadonlyMap<ComponentId, OwnComponent>;
  readonly customGroupings: readonly CustomSubscription[];
  /** Each makes one hook for every task of its components. */
  readonly hooks: readonly (() => TaskHook)[];
  readonly files: ForeignFiles;
}
