import type { PartitionId } from '../driver/kafka-driver.ts';
import { murmur2 } from '../murmur2.ts';

/** Which of a spout's tasks reads a partition. */
export interface TaskShare {
  readonly taskIndex: number;
  readonly tasks: number;
  /** True when the spout's topics are more than one name. */
  readonly manyTopics: boolean;
}

/**
 * Task `p mod n` reads partition p, as in Storm. Of several topics each begins at a task of its own,
 * so that the first tasks do not get most. It depends on nothing else: topics and partitions that
 * come later move no partition from one task to another.
 */
export function isOwn({ topic, partition }: PartitionId, share: TaskShare): boolean {
  const { taskIndex, tasks, manyTopics } = share;
  const first = manyTopics ? (murmur2(Buffer.from(topic)) >>> 0) % tasks : 0;
  return (first + partition) % tasks === taskIndex;
}
