import {
  type KafkaBoltOptions,
  type KafkaSpoutOptions,
  kafkaBolt,
  kafkaSpout,
} from '../../kafka-connectors/index.ts';
import type { SpoutTask, TopologyContext, Tuple } from '../../storm-api/builder/index.ts';
import { waitFor } from '../harness/index.ts';

const context = {
  ...{ topologyName: 'lone', stormId: 'lone-1-1', componentId: 'lone', taskIndex: 0 },
  tasksOf: () => [1],
  metrics: { counter: () => ({ add: () => {} }), gauge: () => {} },
} as unknown as TopologyContext;

const patienceMs = 20_000;

/** What a Kafka spout emits when nothing else is asked of it. */
export interface Emitted {
  readonly topic: string;
  readonly offset: number;
  readonly timestampMs: number;
  readonly value: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** One task of a Kafka spout that runs alone; everything is acked at once. */
export class LoneSpout {
  readonly emitted: Emitted[] = [];
  readonly reports: string[] = [];
  readonly #acks: unknown[] = [];
  #task: SpoutTask | null = null;

  static async open(options: KafkaSpoutOptions<unknown, unknown>): Promise<LoneSpout> {
    const spout = new LoneSpout();
    const { definition } = kafkaSpout<unknown, unknown>(options);
    const collector = {
      emit: (values: readonly unknown[], { messageId }: { messageId: unknown }) => {
        const [topic, , offset, timestampMs, , value, headers] = values;
        spout.emitted.push({ topic, offset, timestampMs, value, headers } as Emitted);
        spout.#acks.push(messageId);
        return [];
      },
      reportError: (error: unknown) => spout.reports.push(String(error)),
    };
    spout.#task = await definition.open(context, collector as never);
    return spout;
  }

  get values(): readonly unknown[] {
    return this.emitted.map(({ value }) => value);
  }

  /** Messages that are written and not acked, as the task tells it. */
  get lag(): number {
    return (this.#task?.lags?.() ?? []).reduce((sum, { lag }) => sum + lag, 0);
  }

  /** Lets it run until it is so. */
  async until(what: string, isSo: (spout: LoneSpout) => boolean): Promise<void> {
    await waitFor(what, patienceMs, async () => {
      for (let before = -1; before !== this.emitted.length; ) {
        before = this.emitted.length;
        await this.#task?.nextTuple();
        for (const id of this.#acks.splice(0)) await this.#task?.ack?.(id);
      }
      return isSo(this);
    }).catch((cause) => {
      const seen = `${this.emitted.length} emitted, lag ${this.lag}, reports: ${this.reports}`;
      throw new Error(`${cause.message}; ${seen}`, { cause });
    });
  }

  /** Lets it run until so many messages have come and none is left. */
  async untilRead(count: number): Promise<void> {
    await this.until(`${count} messages`, ({ emitted, lag }) => {
      return emitted.length >= count && lag === 0;
    });
  }

  async close(): Promise<void> {
    await this.#task?.close?.();
  }
}

/** What becomes of values that a bolt is to write. */
export async function boltAlone(
  options: Omit<KafkaBoltOptions<{ value: string }>, 'record'>,
  values: readonly string[],
): Promise<{ acked: string[]; failed: string[]; reports: string[] }> {
  const seen = { acked: [] as string[], failed: [] as string[], reports: [] as string[] };
  const bolt = kafkaBolt<{ value: string }>({
    ...options,
    record: ({ values: { value } }) => ({ value, headers: { bytes: String(value.length) } }),
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
