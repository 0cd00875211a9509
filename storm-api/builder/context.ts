import type { DrpcPort } from './drpc-port.ts';
import type {
  BoltAckInfo,
  BoltExecuteInfo,
  BoltFailInfo,
  EmitInfo,
  SpoutAckInfo,
  SpoutFailInfo,
} from './hooks.ts';
import type { TaskMetrics } from './metrics.ts';

/** One subscription of the topology, as its source or its subscriber sees it. */
export interface Subscription {
  readonly source: string;
  readonly stream: string;
  readonly target: string;
  /** Storm's word for the grouping, such as `shuffle`, `fields` or `local-or-shuffle`. */
  readonly grouping: string;
  /** Of a fields grouping, in its order; empty for any other. */
  readonly fields: readonly string[];
}

/** What user code may know of the topology around it (Storm's TopologyContext). Task ids are Storm's. */
export interface TopologyContext {
  readonly topologyName: string;
  readonly stormId: string;
  readonly componentId: string;
  readonly taskId: number;
  /** Position of this task among those of its component, from 0. */
  readonly taskIndex: number;
  /** The component's configuration: the topology's with its own over it. */
  readonly config: ReadonlyMap<string, unknown>;
  /** The topology's credentials as they are at the time; empty while it was never given any. */
  readonly credentials: ReadonlyMap<string, string>;
  /** Ids of the user's components, in the order of their tasks. */
  readonly components: readonly string[];
  /** Streams that this component declares. */
  readonly streams: readonly string[];
  /** What this component subscribes to. */
  readonly sources: readonly Subscription[];
  /** Who subscribes to this component. */
  readonly targets: readonly Subscription[];
  /** The slot of the worker that runs this task; a name only. */
  readonly workerPort: number;
  /** Tasks of the same worker, sorted. */
  readonly workerTasks: readonly number[];
  /** Where the program's files are. */
  readonly codeDir: string;
  /** The longest message timeout of any component, in seconds. */
  readonly maxMessageTimeoutSecs: number;
  /** Whatever this task wants to keep; gone when its executor begins anew. */
  readonly data: Map<string, unknown>;
  /** The same, shared by all tasks of one executor. */
  readonly executorData: Map<string, unknown>;
  /** New metrics may be registered in `open` and `prepare` only. */
  readonly metrics: TaskMetrics;
  /** Requests of the DRPC functions that the topology serves. */
  readonly drpc: DrpcPort;
  /** Sorted; empty for an unknown component. */
  tasksOf(component: string): readonly number[];
  /** The component of a task; null for a task that does not exist. */
  componentOf(task: number): string | null;
  /** Fields of a stream, in order. @throws RangeError when there is no such component or stream */
  fieldsOf(component: string, stream?: string): readonly string[];
  /** Told of what this task does from now on. */
  addHook(hook: TaskHook): void;
}

/**
 * Hears of what one task does, on its own turn (Storm's ITaskHook). What a hook throws counts as
 * thrown by the component.
 */
export interface TaskHook {
  prepare?(context: TopologyContext): void;
  emit?(info: EmitInfo): void;
  spoutAck?(info: SpoutAckInfo): void;
  spoutFail?(info: SpoutFailInfo): void;
  boltExecute?(info: BoltExecuteInfo): void;
  boltAck?(info: BoltAckInfo): void;
  boltFail?(info: BoltFailInfo): void;
  cleanup?(): void;
}
