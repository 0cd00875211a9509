import {
  type BatchObservableResult,
  type Meter,
  type Observable,
  metrics as openTelemetry,
} from '@opentelemetry/api';
import type { TopologyService } from '../../storm-api/index.ts';
import { type MetricName, metricNames, metrics, publicNames } from './metrics.ts';
import { tellSamples } from './samples.ts';

/**
 * Gives our metrics to the OpenTelemetry SDK that the operator loaded, which asks for them whenever
 * it exports. Without one the API keeps nothing of what it is given here, and nobody ever asks.
 *
 * @returns takes them back
 */
export function offerToOpenTelemetry(service: TopologyService): () => void {
  const meter = openTelemetry.getMeter('gearstorm');
  const instruments = new Map(metricNames.map((name) => [name, makeInstrument(meter, name)]));
  const observe = (result: BatchObservableResult) =>
    tellSamples(service, (name, labels, value) => {
      const instrument = instruments.get(name);
      if (instrument !== undefined) result.observe(instrument, value, labels.all);
    });
  const observed = [...instruments.values()];
  meter.addBatchObservableCallback(observe, observed);
  return () => meter.removeBatchObservableCallback(observe, observed);
}

function makeInstrument(meter: Meter, name: MetricName): Observable {
  const { kind, help: description } = metrics[name];
  return kind === 'count'
    ? meter.createObservableCounter(publicNames[name], { description })
    : meter.createObservableGauge(publicNames[name], { description });
}
