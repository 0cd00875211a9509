import { noResources, type StormId, type TopologySummary } from '../../storm-api/index.ts';
import { StoredPlanError, systemCode } from './errors.ts';
import type { TopologyRecord } from './topology-record.ts';

const reasonCharactersMax = 300;

/** What the system says of files that are missing or are something else, so that no start mends it. */
const damageCodes: ReadonlySet<string> = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'ELOOP']);

interface Damaged {
  readonly record: TopologyRecord;
  /** A clause that goes on from "cannot run, ". */
  readonly why: string;
}

/** Accepted topologies that could not be restored: they are listed until they are killed. */
export class DamagedTopologies {
  readonly #byName = new Map<string, Damaged>();

  /** @param error what reading its files ended with */
  add(record: TopologyRecord, error: unknown): void {
    this.#byName.set(record.name, { record, why: whyNotRestored(error) });
  }

  /** null when the topology of that name, if there is one, can run. */
  find(name: string): StormId | null {
    return this.#byName.get(name)?.record.stormId ?? null;
  }

  remove(name: string): void {
    this.#byName.delete(name);
  }

  /** Their files may be put back: what else they keep is still theirs. */
  records(): readonly TopologyRecord[] {
    return [...this.#byName.values()].map(({ record }) => record);
  }

  summaries(nowMs: number): readonly TopologySummary[] {
    return [...this.#byName.values()].map(({ record, why }) => ({
      id: record.stormId,
      name: record.name,
      status: record.lifecycle.status,
      uptimeSecs: Math.max(0, Math.floor((nowMs - record.submittedAtMs) / 1000)),
      ...{ tasks: 0, executors: 0, workers: 0, owner: '' },
      resources: { requested: noResources, assigned: noResources },
      problem: `cannot run, ${why}; 'gearstorm kill ${record.name}' removes it`,
    }));
  }
}

/**
 * Files that are damaged are told from a machine that did not let us at whole ones (a full disk, a
 * missing permission, too many open files): that can be mended, and the topology lives on.
 */
function whyNotRestored(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const reason = (text.split('\n', 1)[0] ?? '').slice(0, reasonCharactersMax);
  if (error instanceof StoredPlanError) return reason;
  const code = systemCode(error);
  return isSystemError(error) && code !== null && !damageCodes.has(code)
    ? `its files in storm.local.dir could not be used when serve started (${reason}): mend that and start serve again, and it goes on`
    : `its files in storm.local.dir are damaged (${reason}): if they are put back, it goes on when serve is started again`;
}

/** As the operating system reports it; libraries have codes of their own. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
