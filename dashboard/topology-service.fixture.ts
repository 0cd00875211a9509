import {
  type ClusterDescription,
  type DebugOptions,
  InvalidTopologyError,
  type LoggerChange,
  type LoggerLevel,
  NotAliveError,
  type PeekListener,
  type PeekRequest,
  StormConf,
  stormId,
  streamId,
  type Topology,
  type TopologyDescription,
  type TopologyService,
  type TopologyStatistics,
  type TopologySummary,
  taskId,
} from '../storm-api/index.ts';

/** One running topology of a name; tuples are sent to whoever peeks. */
export class OneTopologyService implements TopologyService {
  readonly #name: string;
  readonly #logFile: string;
  readonly listeners = new Set<PeekListener>();
  readonly peeked: PeekRequest[] = [];
  damaged: readonly TopologySummary[] = [];
  isAlive = true;
  owner = '';

  constructor(name: string, logFile = '') {
    this.#name = name;
    this.#logFile = logFile;
  }

  cluster(): ClusterDescription {
    return {
      host: 'here',
      nimbusUptimeSecs: 3661,
      supervisorId: 'one',
      capacity: { memoryMb: 4096, cpuPercent: 400 },
      slotsTotal: 4,
      slotsUsed: 1,
      topologies: this.isAlive ? [this.#summary()] : [],
      damaged: this.damaged,
    };
  }

  describe(id: string): TopologyDescription {
    if (!this.isAlive || id !== this.#summary().id) throw new NotAliveError(`${id} is not alive`);
    const topology: Topology = {
      name: this.#name,
      generation: 'storm-0.9',
      config: StormConf.empty,
      components: [],
    };
    return {
      ...this.#summary(),
      topology,
      systemTopology: topology,
      config: StormConf.empty,
      executorList: [],
      workerList: [6700, 6701].map((port) => ({
        ...{ port, host: 'here', pid: 1, state: 'running', restarts: 0, uptimeSecs: 9 },
        ...{
          restartsAtMs: null,
          lastExit: null,
          logFile: port === 6700 ? this.#logFile : '/nowhere/worker.log',
        },
      })),
      errors: [],
      debugging: this.debugging,
    };
  }

  statistics(id: string): TopologyStatistics {
    return {
      ...this.describe(id),
      ...{ timeMs: 0, components: [], executorList: [], errorGroups: [], bottleneck: null },
    };
  }

  async peek(_: string, request: PeekRequest, listener: PeekListener): Promise<() => void> {
    if (request.component !== 'count') throw new InvalidTopologyError('no such component');
    this.peeked.push(request);
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  send(values: readonly unknown[], missed: number): void {
    const tuple = { task: taskId(3), stream: streamId('default'), timeMs: 1, values };
    for (const each of this.listeners) each.onTuples([tuple], missed);
  }

  submit(): never {
    throw new Error('not asked for here');
  }
  readonly kill: TopologyService['kill'] = this.submit;
  readonly activate: TopologyService['activate'] = this.submit;
  readonly deactivate: TopologyService['deactivate'] = this.submit;
  readonly rebalance: TopologyService['rebalance'] = this.submit;
  previewRebalance = this.submit;
  uploadCredentials = this.submit;
  readonly levels: LoggerLevel[] = [];
  readonly changeLogLevels = async (_: string, changes: readonly LoggerChange[]) => {
    for (const { logger, level, timeoutSecs } of changes) {
      if (level === null) this.levels.length = 0;
      else this.levels.push({ logger, level, timeoutSecs, untilMs: null });
    }
  };
  readonly logLevels = () => this.levels;
  readonly debugging: DebugOptions[] = [];
  readonly changeDebugging = async (_: string, options: DebugOptions) => {
    this.debugging.splice(0, 1, options);
  };
  readonly stateClaims = () => ({ zooKeeper: null, claims: [] });

  #summary() {
    return {
      id: stormId(`${this.#name}-1-1700000000`),
      name: this.#name,
      status: 'ACTIVE' as const,
      uptimeSecs: 90_061,
      ...{ tasks: 5, executors: 4, workers: 1, owner: this.owner, problem: null },
      resources: {
        requested: { onHeapMb: 512, offHeapMb: 64, cpuPercent: 40 },
        assigned: { onHeapMb: 384, offHeapMb: 32, cpuPercent: 30 },
      },
    };
  }
}
