import type {
  ComponentStatistics,
  ExecutorStatistics,
  TimedOutCounts,
  TopologyStatistics,
  WorkerDescription,
} from '../../../storm-api/index.ts';
import type { ExecutionPlan, ExecutorPlan, Processor } from '../../../translator/index.ts';
import {
  type ComponentKind,
  capacityOf,
  inputRatesOf,
  latenciesOf,
  noRates,
  queueOf,
  ratesOf,
  sharesOf,
} from './activity.ts';
import { bottleneckOf } from './bottleneck.ts';
import type { RecentReading } from './recent-book.ts';
import type { ExecutorReading, StatisticsBook } from './statistics-book.ts';
import { meanShares, sumOfQueues, sumOfRates, sumOfTimedOut, sumOfWindows } from './sums.ts';

export interface StatisticsParts {
  readonly plan: ExecutionPlan;
  /** In the order of the plan's workers. */
  readonly workerList: readonly WorkerDescription[];
  /** What clients are told as the workers' host. */
  readonly hostName: string;
  readonly book: StatisticsBook;
  readonly nowMs: number;
}

type Running = Pick<
  TopologyStatistics,
  'timeMs' | 'components' | 'executorList' | 'workerList' | 'bottleneck'
>;

interface Read {
  readonly statistics: ExecutorStatistics;
  readonly recent: RecentReading | null;
}

/** The numbers of every component and executor of a plan. */
export function statisticsOf(parts: StatisticsParts): Running {
  const { plan, workerList, nowMs: timeMs } = parts;
  const kinds = new Map(plan.processors.map(({ id, kind }) => [id, kindOf(kind)]));
  const reads = plan.executors.map((executor) =>
    readExecutor(executor, kinds.get(executor.component) ?? 'bolt', parts),
  );
  const executorList = reads.map(({ statistics }) => statistics);
  const components = plan.processors.map((processor) =>
    componentOf(
      processor,
      reads.filter(({ statistics }) => statistics.component === processor.id),
      parts.book,
    ),
  );
  const bottleneck = bottleneckOf(executorList, plan.routes);
  return { timeMs, components, executorList, workerList, bottleneck };
}

/** Storm shows its own components as bolts. */
function kindOf(kind: Processor['kind']): ComponentKind {
  return kind === 'spout' ? 'spout' : 'bolt';
}

function readExecutor(
  { component, firstTask, lastTask, worker }: ExecutorPlan,
  kind: ComponentKind,
  { book, nowMs, plan, hostName, workerList }: StatisticsParts,
): Read {
  const reading = book.read(firstTask, lastTask, nowMs);
  const isRunning = workerList[worker]?.state === 'running';
  const runsMs = nowMs - (reading?.runningSinceMs ?? nowMs);
  const uptimeSecs = isRunning ? Math.floor(runsMs / 1000) : 0;
  const recent = isRunning ? (reading?.recent ?? null) : null;
  const port = plan.workers[worker]?.port ?? 0;
  const place = { component, firstTask, lastTask, host: hostName, port, uptimeSecs };
  return { statistics: { ...place, ...activityOf(kind, reading, recent, uptimeSecs) }, recent };
}

function activityOf(
  kind: ComponentKind,
  reading: ExecutorReading | null,
  recent: RecentReading | null,
  uptimeSecs: number,
) {
  const windows = reading?.windows ?? new Map();
  const rates = recent === null ? noRates : ratesOf(recent);
  return {
    windows,
    rates,
    inputRates: inputRatesOf(recent === null || kind === 'spout' ? [] : [recent]),
    latencies: latenciesOf(kind, recent === null ? [] : [recent]),
    time: recent === null ? null : sharesOf(recent),
    queue: recent === null ? null : queueOf(recent.counts, takenOut(kind, rates)),
    capacity: capacityOf(kind, windows, uptimeSecs),
    timedOut: reading?.counts.timedOut ?? null,
  };
}

function takenOut(kind: ComponentKind, { executed, acked, failed }: typeof noRates): number {
  return kind === 'spout' ? acked + failed : executed;
}

function componentOf(
  { id, kind, tasks }: Processor,
  reads: readonly Read[],
  book: StatisticsBook,
): ComponentStatistics {
  const executors = reads.map(({ statistics }) => statistics);
  const recents = reads.flatMap(({ recent }) => recent ?? []);
  const rates = sumOfRates(executors.map((each) => each.rates));
  const capacities = executors.flatMap(({ capacity }) => capacity ?? []);
  return {
    ...{ id, kind, rates },
    executors: executors.length,
    tasks: tasks.length,
    lags: book.lags(tasks),
    windows: sumOfWindows(executors.map(({ windows }) => windows)),
    inputRates: inputRatesOf(kind === 'spout' ? [] : recents),
    latencies: latenciesOf(kindOf(kind), recents),
    time: meanShares(executors.flatMap(({ time }) => time ?? [])),
    queue: sumOfQueues(
      executors.flatMap(({ queue }) => queue ?? []),
      takenOut(kindOf(kind), rates),
    ),
    capacity: capacities.length === 0 ? null : Math.max(...capacities),
    timedOut: sumOfTimedOut(
      executors.flatMap(({ timedOut }): TimedOutCounts[] => (timedOut === null ? [] : [timedOut])),
    ),
  };
}
