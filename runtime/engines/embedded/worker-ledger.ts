import type { StormId } from '../../../storm-api/index.ts';
import type { ProcessIdentity } from '../../hosts/index.ts';

/** The process that has, or is about to have, a slot. One record per worker of a plan. */
export interface WorkerRecord {
  readonly stormId: StormId;
  readonly workerIndex: number;
  readonly token: string;
  readonly incarnation: number;
  /** null from before the spawn until the process is known. */
  readonly process: ProcessIdentity | null;
}

/** What survives of workers when the control plane dies. */
export interface WorkerLedger {
  list(): Promise<readonly WorkerRecord[]>;
  /** Durable when it resolves; replaces the record of the same worker. */
  put(record: WorkerRecord): Promise<void>;
  remove(stormId: StormId, workerIndex: number): Promise<void>;
}
