import type { SourceLag, SpoutTask } from '../../storm-api/builder/index.ts';
import type { ExecutorPlan } from '../../translator/index.ts';

/** What one task says of the partitions that it reads. */
export interface TaskLags {
  readonly component: string;
  readonly task: number;
  readonly partitions: readonly SourceLag[];
}

/**
 * Asks the tasks of one executor.
 * @param onError told what user code throws
 */
export function readLags(
  spouts: readonly SpoutTask[],
  { component, firstTask }: ExecutorPlan,
  onError: (task: number, error: unknown) => void,
): readonly TaskLags[] {
  return spouts.flatMap((spout, index) => {
    const task = firstTask + index;
    try {
      const partitions = spout.lags?.();
      return partitions === undefined ? [] : [{ component, task, partitions }];
    } catch (error) {
      onError(task, error);
      return [];
    }
  });
}
