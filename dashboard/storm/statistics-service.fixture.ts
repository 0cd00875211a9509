import {
  type ComponentSpec,
  componentId,
  type RebalanceRequest,
  StormConf,
  statisticsWindows,
  streamId,
  type TopologyDescription,
  type TopologyStatistics,
  taskId,
  type WindowCounts,
  type Windows,
} from '../../storm-api/index.ts';
import { OneTopologyService } from '../topology-service.fixture.ts';

const words = componentId('words');
const count = componentId('count');
const stream = streamId('default');
const system = streamId('__system');
const input = { source: words, stream };
/** Of the tasks of `count`. */
const subprocessRestarts = [
  { task: taskId(2), restarts: 2 },
  { task: taskId(3), restarts: 0 },
];

/** Two partitions that `words` reads. */
const lags = [0, 1].map((partition) => ({
  ...{ topic: 'lines', partition, task: taskId(1), timeMs: 1_700_000_059_000 },
  ...{ lag: 10 * partition, endOffset: 100, doneOffset: 100 - 10 * partition },
}));

/** One topology of a spout `words` and a bolt `count` with two tasks, the same in every window. */
export class StatisticsService extends OneTopologyService {
  readonly calls: (readonly unknown[])[] = [];
  hasReported = true;

  override describe(id: string): TopologyDescription {
    const described = super.describe(id);
    const config = StormConf.of({ 'topology.message.timeout.secs': 30, 'db.password': 'hunter3' });
    const topology = { ...described.topology, config, components: [spec('spout'), spec('bolt')] };
    const place = { host: 'here', port: 6700, uptimeSecs: 375, counts: null };
    return {
      ...described,
      ...{ topology, systemTopology: topology, config },
      executorList: [
        { ...place, component: words, firstTask: taskId(1), lastTask: taskId(1) },
        { ...place, component: count, firstTask: taskId(2), lastTask: taskId(3) },
      ],
      errors: [
        {
          ...{ component: count, task: taskId(2), host: 'here', port: 6700 },
          ...{ timeMs: 1_700_000_000_000, message: 'failed' },
        },
      ],
    };
  }

  override statistics(id: string): TopologyStatistics {
    const { executorList } = this.describe(id);
    const [ofWords = new Map(), ofCount = new Map()] = [spoutCounts, boltCounts].map((counts) =>
      this.#everywhere(counts),
    );
    const [first, second] = executorList.map(({ counts: _, ...executor }) => executor);
    if (first === undefined || second === undefined) throw new Error('there are two executors');
    const bolt = { ...quiet, windows: ofCount, capacity: 0.048 };
    const spout = { ...quiet, windows: ofWords };
    return {
      ...super.statistics(id),
      timeMs: 1_700_000_060_000,
      components: [
        {
          ...spout,
          id: words,
          kind: 'spout',
          executors: 1,
          tasks: 1,
          lags,
          subprocessRestarts: [],
        },
        { ...bolt, id: count, kind: 'bolt', executors: 1, tasks: 2, lags: [], subprocessRestarts },
      ],
      executorList: [
        { ...first, ...spout, worker: 0 },
        { ...second, ...bolt, worker: 0 },
      ],
    };
  }

  override readonly activate = async (name: string) => this.#note('activate', name);
  override readonly deactivate = async (name: string) => this.#note('deactivate', name);
  override readonly kill = async (name: string, waitSecs: number | null) =>
    this.#note('kill', name, waitSecs);
  override readonly rebalance = async (name: string, request: RebalanceRequest) =>
    this.#note('rebalance', name, request);

  #note(...call: readonly unknown[]): void {
    this.calls.push(call);
  }

  #everywhere(counts: WindowCounts): Windows {
    return new Map(this.hasReported ? statisticsWindows.map((each) => [each, counts]) : []);
  }
}

const quiet = {
  rates: { emitted: 0, transferred: 0, executed: 0, acked: 0, failed: 0 },
  latencies: { queue: null, execute: null, process: null, complete: null },
  ...{ inputRates: [], time: null, queue: null, capacity: null, timedOut: null },
};

const spoutCounts: WindowCounts = {
  emitted: new Map([
    [stream, 10],
    [system, 5],
  ]),
  transferred: new Map([
    [stream, 10],
    [system, 0],
  ]),
  acked: [{ ...input, count: 8, meanMs: 12.5 }],
  failed: [{ ...input, count: 1, meanMs: null }],
  executed: [],
};

const boltCounts: WindowCounts = {
  emitted: new Map([[stream, 20]]),
  transferred: new Map([[stream, 10]]),
  acked: [{ ...input, count: 11, meanMs: 2.25 }],
  failed: [],
  executed: [{ ...input, count: 12, meanMs: 1.5 }],
};

function spec(kind: 'spout' | 'bolt'): ComponentSpec {
  return {
    kind,
    id: kind === 'spout' ? words : count,
    implementation: { kind: 'native' },
    parallelismHint: 1,
    config: StormConf.empty,
    streams: new Map([[stream, { fields: ['word'], direct: false }]]),
    inputs: kind === 'spout' ? [] : [{ ...input, grouping: { kind: 'shuffle' } }],
  };
}
