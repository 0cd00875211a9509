import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StormConf } from '../config/storm-conf.ts';
import type { DebugOptions } from '../debugging.ts';
import { AlreadyAliveError, InvalidStateError, NotAliveError } from '../errors.ts';
import type { LoggerChange, LoggerLevel } from '../log-levels.ts';
import { componentId, defaultStream, type StormId, stormId, taskId } from '../model/ids.ts';
import type { Topology } from '../model/topology.ts';
import type { TopologyStatus } from '../model/topology-status.ts';
import { statisticsWindows, type TopologyStatistics } from '../statistics/statistics.ts';
import { defaultServerLimits, type Logger, type ServerLimits } from '../thrift/framed-server.ts';
import type { StormTopology } from '../thrift/topology-structs.ts';
import type { TopologySummary } from '../topology-facts.ts';
import type {
  ClusterDescription,
  Credentials,
  RebalanceRequest,
  SubmitRequest,
  TopologyDescription,
  TopologyService,
} from '../topology-service.ts';
import { JarInbox } from './jar-inbox.ts';
import { NimbusClient } from './nimbus-client.ts';
import { type Address, NimbusServer } from './nimbus-server.ts';
import { MemoryProfiler } from './worker-profiler.fixture.ts';

interface LiveTopology {
  readonly topology: Topology;
  status: TopologyStatus;
}

/** A topology service that keeps what it was told and runs nothing. */
class MemoryService implements TopologyService {
  readonly submissions: SubmitRequest[] = [];
  readonly kills: { readonly name: string; readonly waitSecs: number | null }[] = [];
  readonly rebalances: RebalanceRequest[] = [];
  readonly uploads: Credentials[] = [];
  readonly levelChanges: LoggerChange[] = [];
  readonly debugging: DebugOptions[] = [];
  readonly damaged: TopologySummary[] = [];
  readonly #live = new Map<string, LiveTopology>();

  async submit(request: SubmitRequest): Promise<StormId> {
    const { topology, initialStatus } = request;
    if (this.#live.has(topology.name)) {
      throw new AlreadyAliveError(`topology ${topology.name} is alive`);
    }
    this.submissions.push(request);
    this.#live.set(topology.name, { topology, status: initialStatus });
    return idOf(topology);
  }

  async kill(name: string, waitSecs: number | null): Promise<void> {
    this.#named(name).status = 'KILLED';
    this.kills.push({ name, waitSecs });
  }

  async activate(name: string): Promise<void> {
    const topology = this.#named(name);
    if (topology.status === 'REBALANCING') throw new InvalidStateError(`${name} is rebalancing`);
    topology.status = 'ACTIVE';
  }

  async deactivate(name: string): Promise<void> {
    this.#named(name).status = 'INACTIVE';
  }

  previewRebalance(): never {
    throw new Error('Nimbus does not ask for it');
  }

  async rebalance(name: string, request: RebalanceRequest): Promise<void> {
    this.#named(name).status = 'REBALANCING';
    this.rebalances.push(request);
  }

  async uploadCredentials(name: string, credentials: Credentials): Promise<void> {
    this.#named(name);
    this.uploads.push(credentials);
  }

  async changeLogLevels(name: string, changes: readonly LoggerChange[]): Promise<void> {
    this.describe(name);
    this.levelChanges.push(...changes);
  }

  async changeDebugging(name: string, options: DebugOptions): Promise<void> {
    this.describe(name);
    this.debugging.push(options);
  }

  logLevels(name: string): readonly LoggerLevel[] {
    this.describe(name);
    return this.levelChanges.flatMap(({ logger, level, timeoutSecs }) =>
      level === null
        ? []
        : [{ logger, level, timeoutSecs, untilMs: timeoutSecs === 0 ? null : 1e12 }],
    );
  }

  stateClaims(): never {
    throw new Error('Nimbus does not ask for it');
  }

  cluster(): ClusterDescription {
    return {
      host: 'localhost',
      nimbusUptimeSecs: 7,
      supervisorId: 'supervisor-1',
      capacity: { memoryMb: 4096, cpuPercent: 400 },
      slotsTotal: 4,
      slotsUsed: this.#live.size,
      topologies: [...this.#live.values()].map((each) => describe(each)),
      damaged: this.damaged,
    };
  }

  describe(id: string): TopologyDescription {
    const found = [...this.#live.values()].find(({ topology }) => idOf(topology) === id);
    if (found === undefined) throw new NotAliveError(`${id} is not alive`);
    return { ...describe(found), debugging: this.debugging };
  }

  statistics(id: string): TopologyStatistics {
    return statisticsOf(this.describe(id));
  }

  async peek(): Promise<() => void> {
    throw new NotAliveError('nothing runs here');
  }

  #named(name: string): LiveTopology {
    const found = this.#live.get(name);
    if (found === undefined) throw new NotAliveError(`topology ${name} is not alive`);
    return found;
  }
}

function idOf({ name }: Topology): StormId {
  return stormId(`${name}-1-1700000000`);
}

function describe({ topology, status }: LiveTopology): TopologyDescription {
  const executor = { host: 'localhost', port: 6700, uptimeSecs: 5 };
  const input = { source: componentId('words'), stream: defaultStream };
  return {
    id: idOf(topology),
    name: topology.name,
    status,
    uptimeSecs: 6,
    tasks: 3,
    executors: 2,
    workers: 1,
    owner: 'somebody',
    resources: {
      requested: { onHeapMb: 384, offHeapMb: 64, cpuPercent: 30 },
      assigned: { onHeapMb: 256, offHeapMb: 32, cpuPercent: 20 },
    },
    problem: null,
    topology,
    systemTopology: topology,
    config: topology.config,
    executorList: [
      {
        ...executor,
        component: componentId('count'),
        firstTask: taskId(1),
        lastTask: taskId(2),
        counts: {
          emitted: new Map([[defaultStream, 2 ** 40]]),
          transferred: new Map([[defaultStream, 3]]),
          acked: [{ ...input, count: 5, meanMs: 1.5 }],
          failed: [],
          executed: [{ ...input, count: 6, meanMs: null }],
          timedOut: null,
        },
      },
      {
        ...executor,
        component: componentId('words'),
        firstTask: taskId(3),
        lastTask: taskId(3),
        counts: null,
      },
    ],
    workerList: [],
    errors: [2000, 1000].map((timeMs) => ({
      component: componentId('count'),
      task: null,
      host: 'localhost',
      port: 6700,
      timeMs,
      message: `failed at ${timeMs}`,
    })),
    debugging: [],
  };
}

function statisticsOf(description: TopologyDescription): TopologyStatistics {
  const noRates = { emitted: 0, transferred: 0, executed: 0, acked: 0, failed: 0 };
  const quiet = {
    ...{
      rates: noRates,
      inputRates: [],
      time: null,
      queue: null,
      capacity: null,
      timedOut: null,
      lags: [],
      subprocessRestarts: [],
    },
    latencies: { queue: null, execute: null, process: null, complete: null },
  };
  const executorList = description.executorList.map(({ counts, ...executor }) => {
    const all = counts === null ? [] : statisticsWindows.map((each) => [each, counts] as const);
    return { ...executor, ...quiet, worker: 0, windows: new Map(all) };
  });
  return {
    ...description,
    ...{ timeMs: 0, executorList, errorGroups: [], bottleneck: null },
    components: description.topology.components.map(({ id, kind }) => {
      const own = executorList.filter(({ component }) => component === id);
      const windows = own.find((each) => each.windows.size > 0)?.windows ?? new Map();
      return { ...quiet, id, kind, executors: own.length, tasks: own.length, windows };
    }),
  };
}

/** Log lines, kept. */
class MemoryLogger implements Logger {
  readonly lines: string[] = [];

  info(_fields: object, message: string): void {
    this.lines.push(message);
  }

  warn(_fields: object, message: string): void {
    this.lines.push(message);
  }

  error(_fields: object, message: string): void {
    this.lines.push(message);
  }
}

/** A Nimbus on a free port with its inbox in a folder of its own. */
export class NimbusFixture {
  readonly service = new MemoryService();
  readonly profiler = new MemoryProfiler('localhost:6700', 'count');
  readonly logger = new MemoryLogger();
  readonly #closers: (() => unknown)[] = [];
  #address: Address = { host: '127.0.0.1', port: 0 };

  static async start({
    limits = {},
    config = StormConf.empty,
    jarOf = () => null,
  }: {
    readonly limits?: Partial<ServerLimits>;
    readonly config?: StormConf;
    readonly jarOf?: (id: string) => string | null;
  } = {}): Promise<NimbusFixture> {
    const fixture = new NimbusFixture();
    const directory = await mkdtemp(join(tmpdir(), 'gearstorm-nimbus-'));
    const inbox = await JarInbox.open({ directory });
    const { service, profiler, logger } = fixture;
    const server = new NimbusServer({
      service,
      profiler,
      inbox,
      config,
      jarOf,
      logger,
      limits: { ...defaultServerLimits, ...limits },
    });
    fixture.#address = await server.start({ host: '127.0.0.1', port: 0 });
    fixture.#closers.push(
      () => server.stop(),
      () => inbox.close(),
      () => rm(directory, { recursive: true }),
    );
    return fixture;
  }

  /** A client that has submitted the topology "words". */
  async clientWithWords(): Promise<NimbusClient> {
    const client = await this.client();
    const topology = wordCountStructure();
    const submission = { name: 'words', uploadedJarLocation: '', jsonConf: '{}', topology };
    await client.call('submitTopology', submission);
    return client;
  }

  async client(): Promise<NimbusClient> {
    const client = await NimbusClient.connect({ ...this.#address, timeoutMs: 20_000 });
    this.#closers.unshift(() => client.close());
    return client;
  }

  /** A connection for bytes of any kind. */
  raw(): Socket {
    const socket = connect(this.#address);
    // Being cut off is what most of these connections are for.
    socket.on('error', () => undefined);
    this.#closers.unshift(() => socket.destroy());
    return socket;
  }

  async stop(): Promise<void> {
    for (const close of this.#closers) await close();
  }
}

/** A spout `words` and a bolt `count` behind it. */
export function wordCountStructure(): StormTopology {
  const streams = new Map([['default', { output_fields: ['word'], direct: false }]]);
  const source = { componentId: 'words', streamId: 'default' };
  return {
    spouts: new Map([
      [
        'words',
        {
          spout_object: { kind: 'serialized_java', value: Buffer.from([1, 2, 3]) },
          common: { inputs: new Map(), streams, parallelism_hint: 2 },
        },
      ],
    ]),
    bolts: new Map([
      [
        'count',
        {
          bolt_object: {
            kind: 'shell',
            value: { execution_command: 'python', script: 'count.py' },
          },
          common: {
            inputs: new Map([[source, { kind: 'fields', value: ['word'] }]]),
            streams: new Map(),
            json_conf: '{"rate":1.0}',
          },
        },
      ],
    ]),
    state_spouts: new Map(),
  };
}
