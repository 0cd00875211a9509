import type { TopologyStatistics, WorkerDescription } from '../../../storm-api/index.ts';
import type { ExecutionPlan } from '../../../translator/index.ts';
import { kindOf } from './activity.ts';
import { bottleneckOf } from './bottleneck.ts';
import { ComponentNumbers } from './component-numbers.ts';
import { ExecutorNumbers } from './executor-numbers.ts';
import type { StatisticsBook } from './statistics-book.ts';

export interface StatisticsParts {
  readonly plan: ExecutionPlan;
  /** In the order of the plan's workers. */
  readonly workerList: readonly WorkerDescription[];
  /** What clients are told as the workers' host. */
  readonly hostName: string;
  readonly book: StatisticsBook;
  readonly nowMs: number;
}

/** What is known of a topology from its plan and its workers' reports. */
export type RunningTopology = Pick<
  TopologyStatistics,
  'timeMs' | 'components' | 'executorList' | 'workerList' | 'bottleneck'
>;

/** The numbers of every component and executor of a plan. */
export function statisticsOf(parts: StatisticsParts): RunningTopology {
  const { plan, workerList, nowMs: timeMs } = parts;
  const executorList = executorsOf(parts);
  const byComponent = groupedBy(executorList, ({ component }) => component);
  const components = plan.processors.map(
    (processor) => new ComponentNumbers(processor, byComponent.get(processor.id) ?? [], parts),
  );
  const bottleneck = bottleneckOf(executorList, plan.routes);
  return { timeMs, components, executorList, workerList, bottleneck };
}

function executorsOf(parts: StatisticsParts): readonly ExecutorNumbers[] {
  const { plan, book, hostName: host, workerList, nowMs } = parts;
  const kinds = new Map(plan.processors.map(({ id, kind }) => [id, kindOf(kind)]));
  return plan.executors.map((executor) => {
    const { component, worker } = executor;
    const kind = kinds.get(component) ?? 'bolt';
    const port = plan.workers[worker]?.port ?? 0;
    const isRunning = workerList[worker]?.state === 'running';
    return new ExecutorNumbers({ plan: executor, kind, host, port, isRunning }, book, nowMs);
  });
}

function groupedBy<Each, Key>(
  all: readonly Each[],
  keyOf: (each: Each) => Key,
): ReadonlyMap<Key, readonly Each[]> {
  const groups = new Map<Key, Each[]>();
  for (const each of all) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return groups;
}
