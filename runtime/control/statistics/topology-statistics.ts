import type {
  ComponentStatistics,
  ExecutorStatistics,
  Rates,
  TopologyStatistics,
  Windows,
  WorkerDescription,
} from '../../../storm-api/index.ts';
import type { ExecutionPlan, ExecutorPlan, Processor } from '../../../translator/index.ts';
import {
  type ComponentKind,
  capacityOf,
  inputRatesOf,
  latenciesOf,
  queueOf,
  ratesOf,
  sharesOf,
} from './activity.ts';
import { bottleneckOf } from './bottleneck.ts';
import { lazily } from './lazily.ts';
import type { RecentReading } from './recent-book.ts';
import type { ExecutorReading, StatisticsBook } from './statistics-book.ts';
import { meanShares, sumOfQueues, sumOfRates, sumOfTimedOut, sumOfWindows } from './sums.ts';
import { noRates } from './user-sums.ts';

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

interface Read {
  readonly statistics: ExecutorStatistics;
  readonly recent: RecentReading | null;
}

/** The numbers of every component and executor of a plan. */
export function statisticsOf(parts: StatisticsParts): RunningTopology {
  const { plan, workerList, nowMs: timeMs } = parts;
  const kinds = new Map(plan.processors.map(({ id, kind }) => [id, kindOf(kind)]));
  const reads = plan.executors.map((executor) =>
    readExecutor(executor, kinds.get(executor.component) ?? 'bolt', parts),
  );
  const executorList = reads.map(({ statistics }) => statistics);
  const byComponent = groupedBy(reads, ({ statistics }) => statistics.component);
  const components = plan.processors.map((processor) =>
    componentOf(processor, byComponent.get(processor.id) ?? [], parts.book),
  );
  const bottleneck = bottleneckOf(executorList, plan.routes);
  return { timeMs, components, executorList, workerList, bottleneck };
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
  const activity = activityOf(kind, reading, recent, uptimeSecs);
  return { statistics: Object.assign(activity, place), recent };
}

/** Each number is worked out when it is first asked for: who looks at all topologies wants few of each. */
function activityOf(
  kind: ComponentKind,
  reading: ExecutorReading | null,
  recent: RecentReading | null,
  uptimeSecs: number,
) {
  const windows: Windows = reading?.windows ?? new Map();
  const rates = lazily(() => (recent === null ? noRates : ratesOf(recent)));
  const latencies = lazily(() => latenciesOf(kind, recent === null ? [] : [recent]));
  const capacity = lazily(() => capacityOf(kind, windows, uptimeSecs));
  return {
    windows,
    time: recent === null ? null : sharesOf(recent),
    get rates() {
      return rates();
    },
    get inputRates() {
      return inputRatesOf(recent === null || kind === 'spout' ? [] : [recent]);
    },
    get latencies() {
      return latencies();
    },
    get queue() {
      return recent === null ? null : queueOf(recent, takenOut(kind, rates()));
    },
    get capacity() {
      return capacity();
    },
    get timedOut() {
      return reading?.counts.timedOut ?? null;
    },
  };
}

function takenOut(kind: ComponentKind, { executed, acked, failed }: Rates): number {
  return kind === 'spout' ? acked + failed : executed;
}

function componentOf(
  { id, kind, tasks }: Processor,
  reads: readonly Read[],
  book: StatisticsBook,
): ComponentStatistics {
  const executors = reads.map(({ statistics }) => statistics);
  const recents = reads.flatMap(({ recent }) => recent ?? []);
  const rates = lazily(() => sumOfRates(executors.map((each) => each.rates)));
  const latencies = lazily(() => latenciesOf(kindOf(kind), recents));
  return {
    ...{ id, kind, executors: executors.length, tasks: tasks.length },
    lags: book.lags(tasks),
    windows: sumOfWindows(executors.map(({ windows }) => windows)),
    get rates() {
      return rates();
    },
    get inputRates() {
      return inputRatesOf(kind === 'spout' ? [] : recents);
    },
    get latencies() {
      return latencies();
    },
    get time() {
      return meanShares(executors.flatMap(({ time }) => time ?? []));
    },
    get queue() {
      const queues = executors.flatMap(({ queue }) => queue ?? []);
      return sumOfQueues(queues, takenOut(kindOf(kind), rates()));
    },
    get capacity() {
      const capacities = executors.flatMap(({ capacity }) => capacity ?? []);
      return capacities.length === 0 ? null : Math.max(...capacities);
    },
    get timedOut() {
      return sumOfTimedOut(executors.flatMap(({ timedOut }) => timedOut ?? []));
    },
  };
}
