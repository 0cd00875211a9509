import type { ComponentId, Generation, StormId, StreamId, TaskId } from '../storm-api/index.ts';

/** What may be written to disk and sent to every host: plain JSON, no bytes, no sockets. */
export interface ExecutionPlan {
  readonly planVersion: 2;
  readonly stormId: StormId;
  readonly topologyName: string;
  readonly generation: Generation;
  /**
   * Keys of the topology's configuration that hold a number and come from the cluster: Storm's
   * workers read these as YAML, where a whole number is an Integer, not a Long as in JSON.
   */
  readonly yamlKeys: readonly string[];
  /**
   * Every component of the system topology in task order: user components and Storm's own.
   * `__acker` has the task ids that Storm gives it but no executors. `__system` has no tasks; every
   * worker runs one of it, as task -1, when a metrics consumer subscribes to it.
   */
  readonly processors: readonly Processor[];
  /** By first task. A plan that waits for a slot has none, and no workers. */
  readonly executors: readonly ExecutorPlan[];
  readonly workers: readonly WorkerPlan[];
  /** By source component and stream; the subscribers of one stream in Storm's map order. */
  readonly routes: readonly Route[];
}

/** Processes of which kind run a component: JVMs, or our own runtime's. */
export type HostKind = 'java' | 'native';

/** Gearpump's word: one spout or bolt with its parallelism. */
export interface Processor {
  readonly id: ComponentId;
  readonly kind: 'spout' | 'bolt' | 'system';
  /** Which host runs it; null for `__acker` and `__system`, which have no place in the plan. */
  readonly host: HostKind | null;
  /** Sorted, contiguous; empty for components with no tasks. */
  readonly tasks: readonly TaskId[];
  /** Sorted by id, Storm's own streams included: the index here is the number on the wire. */
  readonly streams: readonly PlannedStream[];
  /**
   * JSON text of the configuration the component's executors see, kept as text so that a Long
   * stays a Long.
   */
  readonly configJson: string;
  /** Keys whose value in it is the component's own. */
  readonly ownConfigKeys: readonly string[];
  /** Ordinal of the cycle (strongly connected component) it belongs to; null when in none. */
  readonly cycle: number | null;
  /** The subprocess that does the component's work; null when there is none, or Java starts it. */
  readonly shell: ShellCommand | null;
}

/** How each task of a component starts its subprocess. */
export interface ShellCommand {
  /** Program and arguments; no shell ever sees them. */
  readonly command: readonly string[];
  /** Over the worker's. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface PlannedStream {
  readonly id: StreamId;
  readonly fields: readonly string[];
  readonly direct: boolean;
}

/** Tasks `firstTask`..`lastTask` of one component, run by one thread. */
export interface ExecutorPlan {
  readonly component: ComponentId;
  readonly firstTask: TaskId;
  readonly lastTask: TaskId;
  /** Index into `workers`. */
  readonly worker: number;
}

export interface WorkerPlan {
  readonly index: number;
  /**
   * The slot (supervisor.slots.ports); a name only, nothing listens there. A Java and a native
   * worker of one topology may share it.
   */
  readonly port: number;
  readonly host: HostKind;
}

/** How one subscriber receives one stream. */
export interface Route {
  readonly source: ComponentId;
  readonly stream: StreamId;
  readonly target: ComponentId;
  /** The target's tasks, sorted; never empty: subscribers without tasks have no route. */
  readonly targetTasks: readonly TaskId[];
  readonly choice: RouteChoice;
}

/** The rule that picks target tasks; `custom` is resolved by the host from the topology itself. */
export type RouteChoice =
  | { readonly kind: 'shuffle' | 'local-or-shuffle' | 'none' | 'all' | 'global' | 'direct' }
  /** Positions in the source stream's fields, in the grouping's order. */
  | { readonly kind: 'fields'; readonly indexes: readonly number[] }
  | { readonly kind: 'custom' };
