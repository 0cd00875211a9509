import { type KafkaSpoutOptions, kafkaBolt, kafkaSpout } from '../../kafka-connectors/index.ts';
import type { TopologyContext, Tuple } from '../../storm-api/builder/index.ts';

const context = {
  ...{ topologyName: 'lone', stormId: 'lone-1-1', componentId: 'lone', taskIndex: 0 },
  tasksOf: () => [1],
  metrics: { counter: () => ({ add: () => {} }), gauge: () => {} },
} as unknown as TopologyContext;

const askMs = 20;

/** What a spout reports and emits while it runs alone; everything is acked at once. */
export async function spoutAlone(
  options: KafkaSpoutOptions<string, string>,
  until: (seen: {
    readonly reports: readonly string[];
    readonly values: readonly string[];
  }) => boolean,
): Promise<{ readonly reports: readonly string[]; readonly values: readonly string[] }> {
  const seen = { reports: [] as string[], values: [] as string[] };
  const acks: unknown[] = [];
  const collector = {
    emit: ({ value }: { value: string | null }, { messageId }: { messageId: unknown }) => {
      seen.values.push(value ?? '');
      acks.push(messageId);
      return [];
    },
    reportError: (error: unknown) => seen.reports.push(String(error)),
  };
  const { definition } = kafkaSpout<string, string>(options);
  const task = await definition.open(context, collector as never);
  const endMs = performance.now() + 30_000;
  while (!until(seen) && performance.now() < endMs) {
    await task.nextTuple();
    for (const id of acks.splice(0)) await task.ack?.(id);
    await new Promise((resolve) => setTimeout(resolve, askMs));
  }
  await task.close?.();
  return seen;
}

/** What becomes of values that a bolt is to write. */
export async function boltAlone(
  options: { readonly brokers: string; readonly topic: string },
  values: readonly string[],
): Promise<{ acked: string[]; failed: string[]; reports: string[] }> {
  const seen = { acked: [] as string[], failed: [] as string[], reports: [] as string[] };
  const bolt = kafkaBolt<{ value: string }>({
    ...options,
    record: ({ values: { value } }) => ({ value }),
  });
  const textOf = (tuple: Tuple<unknown>) => (tuple.values as { value: string }).value;
  const task = await bolt.definition.prepare(context, {
    ack: (tuple) => seen.acked.push(textOf(tuple)),
    fail: (tuple) => seen.failed.push(textOf(tuple)),
    reportError: (error) => seen.reports.push(String(error)),
    emit: (() => []) as never,
    room: () => undefined,
    foresee: () => null,
  });
  for (const value of values) await task.execute({ values: { value } } as Tuple<{ value: string }>);
  await task.cleanup?.();
  return seen;
}
