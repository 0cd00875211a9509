import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type {
  ClusterDescription,
  ComponentStatistics,
  StormId,
  TopologyService,
  TopologyStatistics,
} from '../../storm-api/index.ts';
import { eachTopology } from '../each-topology.ts';
import type { LabelSet } from './label-set.ts';
import { type MetricName, metricNames, metrics, publicNames } from './metrics.ts';
import { SampleLines } from './sample-lines.ts';
import { labelsOf, tellCluster, tellComponents, tellTopology } from './samples.ts';

/**
 * What comes for the first time costs five times as much, before V8 has compiled what makes it and
 * labels have their text: so many answers are made for nobody after a topology came.
 */
const warmUps = 12;
const warmUpEveryMs = 1_000;

/** Serves what Prometheus scrapes. @param own what serve tells of its own process */
export function addPrometheusRoute(
  server: FastifyInstance,
  service: TopologyService,
  own: Registry,
): void {
  const scrapes = new Scrapes(service);
  const timer = setInterval(() => void scrapes.warmUp(), warmUpEveryMs).unref();
  server.addHook('onClose', async () => clearInterval(timer));
  server.get('/metrics', async (_, reply) => {
    const text = `${await scrapes.text()}${await own.metrics()}`;
    return reply.type(own.contentType).send(Buffer.from(text));
  });
}

/** Lines about the components of one topology. */
type ComponentLines = ReadonlyMap<MetricName, string>;

class Scrapes {
  readonly #service: TopologyService;
  /** Made once for everybody who asks between two reports of a topology's workers. */
  readonly #known = new WeakMap<readonly ComponentStatistics[], ComponentLines>();
  /** Of the topologies of the last answer. */
  readonly #labels = new Map<StormId, LabelSet>();
  /** How many are still to be made. */
  #warmUps = 0;

  constructor(service: TopologyService) {
    this.#service = service;
  }

  /** Makes an answer for nobody, if there are topologies that few were made of. */
  async warmUp(): Promise<void> {
    const { topologies } = this.#service.cluster();
    if (topologies.some(({ id }) => !this.#labels.has(id))) this.#warmUps = warmUps;
    if (this.#warmUps === 0) return;
    this.#warmUps -= 1;
    await this.text();
  }

  /** Made anew for every answer, so that nothing is told of a topology that is gone. */
  async text(): Promise<string> {
    const lines = new SampleLines();
    const cluster = this.#service.cluster();
    tellCluster(cluster, lines.tell);
    this.#forgetOthers(cluster);
    for await (const statistics of eachTopology(cluster, this.#service)) {
      const labels = this.#labelsOf(statistics);
      tellTopology(statistics, labels, lines.tell);
      lines.add(this.#linesOf(statistics, labels));
    }
    const texts = lines.texts();
    return metricNames.map((name) => withHead(name, texts.get(name))).join('');
  }

  #forgetOthers({ topologies }: ClusterDescription): void {
    const alive = new Set(topologies.map(({ id }) => id));
    for (const id of this.#labels.keys()) if (!alive.has(id)) this.#labels.delete(id);
  }

  #labelsOf(statistics: TopologyStatistics): LabelSet {
    const labels = this.#labels.get(statistics.id) ?? labelsOf(statistics);
    this.#labels.set(statistics.id, labels);
    return labels;
  }

  #linesOf(statistics: TopologyStatistics, labels: LabelSet): ComponentLines {
    const known = this.#known.get(statistics.components);
    if (known !== undefined) return known;
    const lines = new SampleLines();
    tellComponents(statistics, labels, lines.tell);
    const texts = lines.texts();
    this.#known.set(statistics.components, texts);
    return texts;
  }
}

/** Nothing is said of a metric without samples. */
function withHead(name: MetricName, lines = ''): string {
  if (lines === '') return '';
  const { kind, help } = metrics[name];
  const type = kind === 'count' ? 'counter' : 'gauge';
  const publicName = publicNames[name];
  return `# HELP ${publicName} ${help}\n# TYPE ${publicName} ${type}\n${lines}\n`;
}
