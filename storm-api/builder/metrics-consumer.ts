import { type Awaitable, type Bolt, bolt } from './component.ts';
import type { TopologyContext } from './context.ts';
import type { Streams } from './fields.ts';
import type { DataPoint, MetricsTaskInfo } from './metrics.ts';

/** One task of a metrics consumer. */
export interface MetricsHandler {
  /** What one task reports, once per period. */
  handleDataPoints(task: MetricsTaskInfo, points: readonly DataPoint[]): Awaitable<void>;
  cleanup?(): Awaitable<void>;
}

/** Hears of the metrics of all tasks of a topology (Storm's IMetricsConsumer). */
export interface MetricsConsumer {
  prepare(context: TopologyContext): Awaitable<MetricsHandler>;
}

/** Class under which a native consumer is registered in `topology.metrics.consumer.register`. */
export function consumerClass(name: string): string {
  return `gearstorm:native:${name}`;
}

/** Id of the component that Storm makes of a registered consumer. */
export function consumerComponent(name: string): string {
  return `__metrics${consumerClass(name)}`;
}

/** The bolt that runs a consumer. */
export function consumerBolt(consumer: MetricsConsumer): Bolt<unknown, Streams> {
  return bolt<unknown, Streams>({
    streams: {},
    prepare: async (context, collector) => {
      const handler = await consumer.prepare(context);
      return {
        execute: async ({ list: [task, points] }) => {
          try {
            await handler.handleDataPoints(
              readTaskInfo(task),
              (points as unknown[]).map(readPoint),
            );
          } catch (error) {
            collector.reportError(error);
          }
        },
        cleanup: () => handler.cleanup?.(),
      };
    },
  });
}

/** A report as it travels: lists, which are the same in every process. */
export function reportValues(task: MetricsTaskInfo, points: readonly DataPoint[]) {
  const { workerHost, workerPort, componentId, taskId, timestampSecs, periodSecs } = task;
  return [
    [workerHost, workerPort, componentId, taskId, timestampSecs, periodSecs],
    points.map(({ name, value }) => [name, value]),
  ] as const;
}

function readTaskInfo(value: unknown): MetricsTaskInfo {
  const [workerHost, workerPort, componentId, taskId, timestampSecs, periodSecs] = value as [
    string,
    number,
    string,
    number,
    number,
    number,
  ];
  return { workerHost, workerPort, componentId, taskId, timestampSecs, periodSecs };
}

function readPoint(value: unknown): DataPoint {
  const [name, point] = value as [string, unknown];
  return { name, value: point };
}
