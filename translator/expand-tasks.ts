import {
  type ComponentId,
  InvalidTopologyError,
  type TaskId,
  type Topology,
  taskId,
} from '../storm-api/index.ts';
import type { ExecutorPlan, Processor } from './execution-plan.ts';
import type { ComponentParallelism } from './parallelism.ts';
import { readInteger } from './read-config.ts';

/** An executor that has no worker yet. */
export type UnplacedExecutor = Omit<ExecutorPlan, 'worker'>;
/** The sorted tasks of each component, in task order. */
export type TasksByComponent = ReadonlyMap<ComponentId, readonly TaskId[]>;

/** A typing mistake in a task count shall not exhaust our memory. */
const tasksMax = 100_000;

/**
 * Numbers tasks as Storm does: components of the system topology sorted by id in the order of
 * Java's String (so `__acker` stands between capitals and small letters), counted from 1.
 * @throws InvalidTopologyError when there are more than 100,000
 */
export function numberTasks(systemTopology: Topology): TasksByComponent {
  const sorted = [...systemTopology.components].sort((a, b) => (a.id < b.id ? -1 : 1));
  const tasks = new Map<ComponentId, readonly TaskId[]>();
  let next = 1;
  for (const { id, config } of sorted) {
    const count = Math.max(0, readInteger(config, 'topology.tasks') ?? 0);
    if (next - 1 + count > tasksMax) {
      throw new InvalidTopologyError(
        `Component: [${id}] brings the topology to ${next - 1 + count} tasks; ${tasksMax} are allowed`,
      );
    }
    const first = next;
    tasks.set(
      id,
      Array.from({ length: count }, (_, index) => taskId(first + index)),
    );
    next += count;
  }
  return tasks;
}

/** Executors of these components by first task; never more of them than tasks. */
export function splitIntoExecutors(
  processors: readonly Processor[],
  components: readonly ComponentParallelism[],
): readonly UnplacedExecutor[] {
  const tasks = new Map(processors.map((processor) => [processor.id, processor.tasks]));
  return components
    .flatMap(({ component, executors }) =>
      ranges(tasks.get(component) ?? [], executors).map((range) => ({ component, ...range })),
    )
    .sort((a, b) => a.firstTask - b.firstTask);
}

/** Cuts tasks into runs whose lengths differ by one at most, the longer ones first. */
function ranges(
  tasks: readonly TaskId[],
  executors: number,
): { readonly firstTask: TaskId; readonly lastTask: TaskId }[] {
  const pieces = Math.min(executors, tasks.length);
  const shorter = Math.floor(tasks.length / pieces);
  const longerPieces = tasks.length % pieces;
  return Array.from({ length: Math.max(0, pieces) }, (_, piece) => {
    const start = piece * shorter + Math.min(piece, longerPieces);
    const length = piece < longerPieces ? shorter + 1 : shorter;
    const [firstTask, lastTask] = [tasks[start], tasks[start + length - 1]];
    if (firstTask === undefined || lastTask === undefined) throw new RangeError('empty executor');
    return { firstTask, lastTask };
  });
}
