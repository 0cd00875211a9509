import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { ComponentStatistics, TopologyService } from '../../storm-api/index.ts';
import { type MetricName, metricNames, metrics, publicName } from './metrics.ts';
import { SampleLines } from './sample-lines.ts';
import { eachOf, tellCluster, tellComponents, tellTopology } from './samples.ts';

/** Serves what Prometheus scrapes. @param own what serve tells of its own process */
export function addPrometheusRoute(
  server: FastifyInstance,
  service: TopologyService,
  own: Registry,
): void {
  const scrapes = new Scrapes(service);
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

  constructor(service: TopologyService) {
    this.#service = service;
  }

  /** Made anew for every answer, so that nothing is told of a topology that is gone. */
  async text(): Promise<string> {
    const lines = new SampleLines();
    const cluster = this.#service.cluster();
    tellCluster(cluster, lines.tell);
    for await (const statistics of eachOf(cluster, this.#service)) {
      tellTopology(statistics, lines.tell);
      lines.add(this.#linesOf(statistics));
    }
    const texts = lines.texts();
    return metricNames.map((name) => withHead(name, texts.get(name))).join('');
  }

  #linesOf(statistics: Parameters<typeof tellComponents>[0]): ComponentLines {
    const known = this.#known.get(statistics.components);
    if (known !== undefined) return known;
    const lines = new SampleLines();
    tellComponents(statistics, lines.tell);
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
  return `# HELP ${publicName(name)} ${help}\n# TYPE ${publicName(name)} ${type}\n${lines}\n`;
}
