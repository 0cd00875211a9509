import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Registry } from 'prom-client';
import type { TopologyService } from '../../storm-api/index.ts';
import { type MetricName, metrics, publicName } from './metrics.ts';
import { type Labels, tellSamples } from './samples.ts';

/** Serves what Prometheus scrapes. */
export function addPrometheusRoute(server: FastifyInstance, service: TopologyService): void {
  server.get('/metrics', async (_, reply) => {
    const scrape = new Scrape();
    await tellSamples(service, (name, labels, value) => scrape.add(name, labels, value));
    return reply.type(scrape.contentType).send(await scrape.text());
  });
}

interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** Keeps what it is told in a list: prom-client's own looks every combination of labels up again. */
class ListedGauge extends Gauge {
  readonly samples: Sample[] = [];

  override async get() {
    return { ...(await super.get()), values: this.samples };
  }
}

/** As `ListedGauge`. */
class ListedCounter extends Counter {
  readonly samples: Sample[] = [];

  override async get() {
    return { ...(await super.get()), values: this.samples };
  }
}

/** Made anew for every answer, so that nothing is told of a topology that is gone. */
class Scrape {
  readonly #registry = new Registry();
  readonly #metrics = new Map<MetricName, ListedGauge | ListedCounter>();

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  add(name: MetricName, labels: Labels, value: number): void {
    this.#metric(name, labels).samples.push({ labels, value });
  }

  #metric(name: MetricName, labels: Labels): ListedGauge | ListedCounter {
    const known = this.#metrics.get(name);
    if (known !== undefined) return known;
    const { kind, help } = metrics[name];
    const registers = [this.#registry];
    const options = { name: publicName(name), help, labelNames: Object.keys(labels), registers };
    const metric = kind === 'count' ? new ListedCounter(options) : new ListedGauge(options);
    this.#metrics.set(name, metric);
    return metric;
  }
}
