import type {
  ClusterDescription,
  StormId,
  TopologyService,
  TopologyStatistics,
  TopologySummary,
} from '../../storm-api/index.ts';
import { eachTopology, statisticsOf } from '../each-topology.ts';
import { type EventStream, eventText } from '../event-stream.ts';
import { graphMessage } from './graph-message.ts';
import { History } from './history.ts';
import { LagHistory } from './lag-history.ts';
import type { ClusterMessage, DamagedLine, GraphMessage } from './messages.ts';
import { slotLines } from './slot-lines.ts';
import { type TopologyFacts, topologyFacts, topologyMessage } from './topology-message.ts';

const watchedEveryMs = 1000;
/** Nobody looks: only the lines over time go on. */
const unwatchedEveryMs = 5000;

interface TopologyWatcher {
  readonly id: StormId;
  readonly graph: GraphMessage;
  readonly selected: string | null;
  readonly stream: EventStream;
}

/** Everything at one moment. */
interface Look {
  readonly cluster: ClusterDescription;
  readonly topologies: readonly TopologyStatistics[];
  readonly facts: readonly TopologyFacts[];
}

export interface LiveFeedOptions {
  readonly service: TopologyService;
  readonly log: { error(facts: object, message: string): void };
}

/** Looks at all topologies once a second and tells everybody who watches. */
export class LiveFeed {
  readonly #options: LiveFeedOptions;
  readonly #history = new History();
  readonly #lags = new Map<StormId, LagHistory>();
  readonly #clusterStreams = new Set<EventStream>();
  readonly #watchers = new Set<TopologyWatcher>();
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;
  /** A look at all topologies takes several turns of the event loop; the next begins after it. */
  #isTurning = false;

  constructor(options: LiveFeedOptions) {
    this.#options = options;
  }

  start(): void {
    this.#plan();
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const stream of this.#clusterStreams) stream.end();
    for (const { stream } of this.#watchers) stream.end();
  }

  /** Sends `cluster` now and every second until the returned function is called. */
  watchCluster(stream: EventStream): () => void {
    this.#clusterStreams.add(stream);
    void this.#withLook((look) => stream.send('cluster', this.#clusterMessage(look)));
    this.#hurry();
    return () => this.#clusterStreams.delete(stream);
  }

  /**
   * Sends `graph`, `history` and `topology` now and `topology` every second; `gone` when it is not alive any more.
   * @param selected the component whose executors are wanted; null: none
   * @throws NotAliveError
   */
  watchTopology(id: StormId, selected: string | null, stream: EventStream): () => void {
    const { service } = this.#options;
    const graph = graphMessage(id, service.describe(id).topology);
    const watcher: TopologyWatcher = { id, graph, selected, stream };
    stream.send('graph', graph);
    stream.send('history', { points: this.#history.of(id) });
    stream.send('topology', topologyMessage(service.statistics(id), graph, selected));
    this.#watchers.add(watcher);
    this.#hurry();
    return () => this.#watchers.delete(watcher);
  }

  /** Empty for a topology that reads no partitions. */
  lagHistory(id: StormId): LagHistory {
    return this.#lags.get(id) ?? new LagHistory();
  }

  #keepLags(nowMs: number, topologies: readonly TopologyStatistics[]): void {
    for (const id of this.#lags.keys()) {
      if (topologies.every((topology) => topology.id !== id)) this.#lags.delete(id);
    }
    for (const { id, components } of topologies) {
      const readings = components.flatMap((component) =>
        component.lags.map((lag) => ({ component: component.id, lag })),
      );
      if (readings.length === 0 && !this.#lags.has(id)) continue;
      const history = this.#lags.get(id) ?? new LagHistory();
      this.#lags.set(id, history);
      history.add(nowMs, readings);
    }
  }

  get #isWatched(): boolean {
    return this.#clusterStreams.size + this.#watchers.size > 0;
  }

  /** The first watcher need not wait for the slow turn. */
  #hurry(): void {
    if (this.#clusterStreams.size + this.#watchers.size === 1) this.#plan();
  }

  #plan(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#isStopped || this.#isTurning) return;
    const everyMs = this.#isWatched ? watchedEveryMs : unwatchedEveryMs;
    this.#timer = setTimeout(() => void this.#turn(), everyMs).unref();
  }

  async #turn(): Promise<void> {
    this.#isTurning = true;
    await this.#withLook((look) => this.#tell(look));
    this.#isTurning = false;
    this.#plan();
  }

  async #withLook(tell: (look: Look) => void): Promise<void> {
    try {
      const look = await this.#look();
      if (!this.#isStopped) tell(look);
    } catch (error) {
      this.#options.log.error({ err: error }, 'live numbers not told');
    }
  }

  #tell(look: Look): void {
    const nowMs = Date.now();
    this.#history.add(nowMs, look.facts);
    this.#keepLags(nowMs, look.topologies);
    if (this.#clusterStreams.size > 0) {
      const text = eventText('cluster', this.#clusterMessage(look));
      for (const stream of this.#clusterStreams) stream.sendNews(text);
    }
    for (const watcher of this.#watchers) this.#tellWatcher(watcher, look.topologies);
  }

  /** @param seen may have begun before the watcher's topology did */
  #tellWatcher(watcher: TopologyWatcher, seen: readonly TopologyStatistics[]): void {
    const { id, graph, selected, stream } = watcher;
    const known = seen.find((each) => each.id === id);
    const topology = known ?? statisticsOf(this.#options.service, id);
    if (topology === null) {
      stream.send('gone', {});
      stream.end();
      return;
    }
    stream.sendNews(eventText('topology', topologyMessage(topology, graph, selected)));
  }

  async #look(): Promise<Look> {
    const { service } = this.#options;
    const cluster = service.cluster();
    const topologies: TopologyStatistics[] = [];
    const facts: TopologyFacts[] = [];
    for await (const topology of eachTopology(cluster, service)) {
      topologies.push(topology);
      facts.push(topologyFacts(topology));
    }
    return { cluster, topologies, facts };
  }

  #clusterMessage({ cluster, topologies, facts }: Look): ClusterMessage {
    const { host, nimbusUptimeSecs, slotsTotal, slotsUsed } = cluster;
    return {
      timeMs: Date.now(),
      ...{ host, uptimeSecs: nimbusUptimeSecs, slotsTotal, slotsUsed },
      topologies: facts.map((each) => ({ ...each, recent: this.#history.recent(each.id) })),
      damaged: cluster.damaged.map(damagedLine),
      slots: topologies.flatMap(slotLines),
    };
  }
}

function damagedLine({ id, name, problem }: TopologySummary): DamagedLine {
  return { id, name, problem: problem ?? 'cannot run' };
}
