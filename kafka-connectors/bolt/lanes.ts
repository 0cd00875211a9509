import type { GroupOffsets, PartitionId } from '../driver/kafka-driver.ts';
import type { SourcePosition } from '../spout/message.ts';
import type { WriteJob } from './kafka-bolt-task.ts';

export interface SourcedJob extends WriteJob {
  readonly source: SourcePosition;
}

/** A partition that a group reads. */
type LaneId = PartitionId & { readonly group: string };

interface Lane extends LaneId {
  /** Everything in front of it is committed. */
  committed: number;
  /** What `committed` becomes with the transaction that is being made. */
  next: number;
  /** By offset, what came before something in front of it. */
  readonly held: Map<number, SourcedJob>;
}

/** Puts messages of each partition back into their order, and knows which of them are committed. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();

  /** Partitions, by group, of which it is not known where they are. */
  unknown(jobs: readonly SourcedJob[]): ReadonlyMap<string, readonly PartitionId[]> {
    const found = new Map<string, Map<string, PartitionId>>();
    for (const { source } of jobs) {
      const name = nameOf(source);
      if (this.#lanes.has(name)) continue;
      const { group, topic, partition } = source;
      const ofGroup = found.get(group) ?? new Map<string, PartitionId>();
      found.set(group, ofGroup.set(name, { topic, partition }));
    }
    return new Map([...found].map(([group, partitions]) => [group, [...partitions.values()]]));
  }

  open(id: LaneId, committed: number): void {
    this.#lanes.set(nameOf(id), { ...id, committed, next: committed, held: new Map() });
  }

  /**
   * Takes what has come.
   * @param onReplaced an earlier sending of a message that comes again
   * @returns what is committed already
   */
  add(jobs: readonly SourcedJob[], onReplaced: (job: SourcedJob) => void): readonly SourcedJob[] {
    const committed: SourcedJob[] = [];
    for (const job of jobs) {
      const lane = this.#lanes.get(nameOf(job.source));
      if (lane === undefined) continue;
      const { offset } = job.source;
      if (offset < lane.committed) {
        committed.push(job);
        continue;
      }
      const earlier = lane.held.get(offset);
      if (earlier !== undefined) onReplaced(earlier);
      lane.held.set(offset, job);
    }
    return committed;
  }

  /** Takes out what may be committed now: nothing in front of it is missing. */
  nextInLine(): readonly SourcedJob[] {
    const included: SourcedJob[] = [];
    for (const lane of this.#lanes.values()) {
      const inOrder = [...lane.held.values()].sort(
        (one, other) => one.source.offset - other.source.offset,
      );
      for (const job of inOrder) {
        if (job.source.previous >= lane.next) break;
        lane.held.delete(job.source.offset);
        lane.next = job.source.offset + 1;
        included.push(job);
      }
    }
    return included;
  }

  /** How far the partitions are with what was taken out. */
  progress(metadata: string): readonly GroupOffsets[] {
    const groups = new Map<string, { topic: string; partition: number; offset: number }[]>();
    for (const { group, topic, partition, committed, next } of this.#lanes.values()) {
      if (next === committed) continue;
      const offsets = groups.get(group) ?? [];
      offsets.push({ topic, partition, offset: next });
      groups.set(group, offsets);
    }
    return [...groups].map(([group, offsets]) => ({ group, offsets, metadata }));
  }

  /** What was taken out is committed. */
  advance(): void {
    for (const lane of this.#lanes.values()) lane.committed = lane.next;
  }

  /** Forgets everything; returns what was held. */
  clear(): readonly SourcedJob[] {
    const held = [...this.#lanes.values()].flatMap((lane) => [...lane.held.values()]);
    this.#lanes.clear();
    return held;
  }
}

function nameOf({ group, topic, partition }: LaneId): string {
  return `${group}\0${topic}\0${partition}`;
}
