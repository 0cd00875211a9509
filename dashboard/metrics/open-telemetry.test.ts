import { metrics as openTelemetry } from '@opentelemetry/api';
import {
  AggregationTemporality,
  DataPointType,
  MeterProvider,
  type MetricData,
  MetricReader,
} from '@opentelemetry/sdk-metrics';
import fastify from 'fastify';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StatisticsService } from '../storm/statistics-service.fixture.ts';
import { offerToOpenTelemetry } from './open-telemetry.ts';
import { addPrometheusRoute } from './prometheus-route.ts';

/** Reads when it is told to, and then what it is told: the SDK repeats what is cumulative. */
class ReaderOnDemand extends MetricReader {
  constructor() {
    super({ aggregationTemporalitySelector: () => AggregationTemporality.DELTA });
  }

  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}

  async read(): Promise<readonly MetricData[]> {
    const { resourceMetrics, errors } = await this.collect();
    expect(errors).toEqual([]);
    return resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  }
}

let service: StatisticsService;
let takeBack = () => {};

beforeEach(() => {
  service = new StatisticsService('words');
});

afterEach(() => takeBack());

describe('with an SDK', () => {
  let reader: ReaderOnDemand;
  let provider: MeterProvider;

  beforeEach(() => {
    reader = new ReaderOnDemand();
    provider = new MeterProvider({ readers: [reader] });
    openTelemetry.setGlobalMeterProvider(provider);
    takeBack = offerToOpenTelemetry(service);
  });

  afterEach(async () => {
    openTelemetry.disable();
    await provider.shutdown();
  });

  it('tells what Prometheus is told, by the same names and labels', async () => {
    expect(lines(await reader.read())).toEqual(await prometheusLines());
  });

  it('tells counts as sums that do not fall, and everything else as gauges', async () => {
    const told = new Map((await reader.read()).map((each) => [each.descriptor.name, each]));
    expect(told.get('gearstorm_executed_total')).toMatchObject({
      dataPointType: DataPointType.SUM,
      isMonotonic: true,
      dataPoints: [
        {
          value: 12,
          attributes: { topology: 'words', component: 'count', source: 'words', stream: 'default' },
        },
      ],
    });
    expect(told.get('gearstorm_capacity')).toMatchObject({
      dataPointType: DataPointType.GAUGE,
      dataPoints: [{ value: 0.048, attributes: { topology: 'words', component: 'count' } }],
    });
  });

  it('tells nothing of a topology that is gone', async () => {
    expect(names(await reader.read())).toContain('gearstorm_executed_total');
    service.isAlive = false;
    expect(names(await reader.read())).toEqual([
      'gearstorm_slots',
      'gearstorm_slots_used',
      'gearstorm_uptime_seconds',
    ]);
  });

  it('tells nothing after the end of serve', async () => {
    takeBack();
    expect(await reader.read()).toEqual([]);
  });
});

it('asks for nothing while no SDK is loaded', () => {
  let questions = 0;
  const describeCluster = service.cluster.bind(service);
  service.cluster = () => {
    questions++;
    return describeCluster();
  };
  takeBack = offerToOpenTelemetry(service);
  expect(questions).toBe(0);
});

function names(told: readonly MetricData[]): readonly string[] {
  return told.map(({ descriptor }) => descriptor.name);
}

/** In the form that Prometheus reads. */
function lines(told: readonly MetricData[]): readonly string[] {
  return told
    .flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => {
        const labels = Object.entries(attributes).map(([label, text]) => `${label}="${text}"`);
        return `${descriptor.name}${labels.length === 0 ? '' : `{${labels}}`} ${value}`;
      }),
    )
    .sort();
}

async function prometheusLines(): Promise<readonly string[]> {
  const server = fastify();
  addPrometheusRoute(server, service, new Registry());
  const { body } = await server.inject('/metrics');
  return body
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .sort();
}
