import type { DrpcPort, NativeTopology } from '../../storm-api/builder/index.ts';
import type { ExecutionPlan, Processor } from '../../translator/index.ts';
import type { Clock } from '../clock.ts';
import type { CycleBudget } from './cycle-budget.ts';
import type { EdgeSource } from './edges.ts';
import type { Waiter } from './mailbox.ts';
import type { NativeTuple, Source } from './native-tuple.ts';
import type { RunningMark } from './running-mark.ts';
import type { Scheduler } from './scheduler.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { RootOwner } from './settle.ts';

/** What happens in a run, for whoever shows or checks it. Called on every event: be quick. */
export interface RunObserver {
  onEmit?:
    | ((component: string, stream: string, task: number, list: readonly unknown[]) => void)
    | undefined;
  onAcked?(component: string, messageId: unknown): void;
  onFailed?(component: string, messageId: unknown, timedOut: boolean): void;
  onExecuted?(component: string): void;
  /** User code threw or reported; `restarts` says that its executor begins anew. */
  onError?(failure: TaskFailure): void;
  /** The run cannot go on: whoever has it should end it. */
  onFatal?(error: Error): void;
  /** Worth a line in the log. */
  onRemark?(sentence: string): void;
}

export interface TaskFailure {
  readonly component: string;
  readonly task: number;
  readonly error: unknown;
  readonly restarts: boolean;
}

/** Where tuples for one task go. */
export interface Inlet {
  /** Ordinal of the cycle that the component belongs to; null when in none. */
  readonly cycle: number | null;
  /**
   * Never refuses, but for a cycle that holds too much. @returns whether it is full now: who does not
   * close a loop should wait for room
   * @throws CycleOverflowError
   */
  put(tuple: NativeTuple, inLoop: boolean): boolean;
  /** `waiter` hears of it when there is room again. */
  awaitRoom(waiter: Waiter): void;
}

/** The programs of the components that a plan's native workers run. */
export type Components = Pick<NativeTopology, 'components' | 'customGroupings' | 'hooks'>;

/** Of a topology; empty while it was never given any. */
export type Credentials = ReadonlyMap<string, string>;

/** What the executors of one run share. */
export interface Fabric {
  readonly plan: ExecutionPlan;
  readonly program: Components;
  /** Where the program's files are. */
  readonly codeDir: string;
  readonly scheduler: Scheduler;
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly edges: EdgeSource;
  readonly observer: RunObserver;
  readonly mark: RunningMark;
  readonly drpc: DrpcPort;
  /** Another map each time they were replaced. */
  credentials: Credentials;
  /** Of this process among the lives of its worker: roots bear it. */
  readonly incarnation: number;
  readonly processors: ReadonlyMap<string, Processor>;
  readonly componentOfTask: ReadonlyMap<number, string>;
  /** By task, the place of its component in the plan. */
  readonly componentIndexes: readonly (number | undefined)[];
  /** Every stream of the topology, by its index. */
  readonly sources: readonly Source[];
  /** By task, those of other workers too. */
  readonly inlets: (Inlet | undefined)[];
  readonly rootOwners: (RootOwner | undefined)[];
  readonly cycles: Map<number, CycleBudget>;
}
