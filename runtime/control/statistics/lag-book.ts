import type { PartitionLag, TaskId } from '../../../storm-api/index.ts';
import type { LagReport } from '../../engines/index.ts';

/** How far tasks are in the partitions that they read, as each told it last. */
export class LagBook {
  readonly #byTask = new Map<TaskId, readonly PartitionLag[]>();

  record({ task, timeMs, partitions }: LagReport): void {
    this.#byTask.set(
      task,
      partitions.map((each) => ({ ...each, task, timeMs })),
    );
  }

  /** By topic and partition. One that has moved to another task is told as the newer of the two says. */
  read(tasks: readonly TaskId[]): readonly PartitionLag[] {
    const newest = new Map<string, PartitionLag>();
    for (const task of tasks) {
      for (const lag of this.#byTask.get(task) ?? []) {
        const place = `${lag.partition} ${lag.topic}`;
        const known = newest.get(place);
        if (known === undefined || known.timeMs < lag.timeMs) newest.set(place, lag);
      }
    }
    return [...newest.values()].sort(inOrder);
  }
}

function inOrder(one: PartitionLag, other: PartitionLag): number {
  if (one.topic === other.topic) return one.partition - other.partition;
  return one.topic < other.topic ? -1 : 1;
}
