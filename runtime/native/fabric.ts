import type { NativeTopology } from '../../storm-api/builder/index.ts';
import type { ExecutionPlan, Processor } from '../../translator/index.ts';
import type { Clock } from '../clock.ts';
import type { Mailbox } from './mailbox.ts';
import type { RootEdge } from './native-tuple.ts';
import type { Scheduler } from './scheduler.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What happens in a run, for whoever shows or checks it. Called on every event: be quick. */
export interface RunObserver {
  onEmit?(component: string, stream: string, task: number, values: readonly unknown[]): void;
  onAcked?(component: string, messageId: unknown): void;
  onFailed?(component: string, messageId: unknown, timedOut: boolean): void;
  onExecuted?(component: string): void;
  /** User code threw or reported; `restarts` says that its executor begins anew. */
  onError?(failure: TaskFailure): void;
}

export interface TaskFailure {
  readonly component: string;
  readonly task: number;
  readonly error: unknown;
  readonly restarts: boolean;
}

/** Where deltas of the trees of one spout task go. */
export interface RootOwner {
  onDelta(edge: RootEdge, high: number, low: number, failed: boolean): void;
}

/** Where tuples for one task go. */
export interface Inlet {
  readonly mailbox: Mailbox;
  /** Ordinal of the cycle that the component belongs to; null when in none. */
  readonly cycle: number | null;
  wake(): void;
}

/** What the executors of one run share. */
export interface Fabric {
  readonly plan: ExecutionPlan;
  readonly program: NativeTopology;
  /** Where the program's files are. */
  readonly codeDir: string;
  readonly scheduler: Scheduler;
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly observer: RunObserver;
  readonly processors: ReadonlyMap<string, Processor>;
  readonly componentOfTask: ReadonlyMap<number, string>;
  readonly inlets: Map<number, Inlet>;
  readonly rootOwners: Map<number, RootOwner>;
  readonly cycles: Map<number, CycleBudget>;
}

const cycleTuplesMax = 4096;

/** Tuples that wait anywhere in one cycle of the topology: beyond the limit nothing more may enter. */
export class CycleBudget {
  held = 0;

  get admitsEntry(): boolean {
    return this.held < cycleTuplesMax;
  }
}
