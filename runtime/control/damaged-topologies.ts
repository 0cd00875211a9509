import type { StormId, TopologySummary } from '../../storm-api/index.ts';
import type { TopologyRecord } from './topology-record.ts';

const reasonCharactersMax = 300;

interface Damaged {
  readonly record: TopologyRecord;
  readonly reason: string;
}

/** Accepted topologies whose files cannot be read any more: they are listed until they are killed. */
export class DamagedTopologies {
  readonly #byName = new Map<string, Damaged>();

  /** @param error what reading its files ended with */
  add(record: TopologyRecord, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    const reason = (text.split('\n', 1)[0] ?? '').slice(0, reasonCharactersMax);
    this.#byName.set(record.name, { record, reason });
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
    return [...this.#byName.values()].map(({ record, reason }) => ({
      id: record.stormId,
      name: record.name,
      status: record.lifecycle.status,
      uptimeSecs: Math.max(0, Math.floor((nowMs - record.submittedAtMs) / 1000)),
      ...{ tasks: 0, executors: 0, workers: 0, owner: '' },
      problem: `cannot run, its files in storm.local.dir are damaged (${reason}); 'gearstorm kill ${record.name}' removes it`,
    }));
  }
}
