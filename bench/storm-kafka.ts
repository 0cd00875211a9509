import { setTimeout as sleep } from 'node:timers/promises';
import { jars, KafkaBroker } from '../conformance-tests/harness/index.ts';
import type { Cluster } from './cluster.ts';
import { fillTopic, type TopicLoad } from './kafka-topic.ts';
import { type MeterRows, perSecond, totalOf } from './meter-file.ts';
import { type Comparison, interleaved, outcomesOf } from './outcome.ts';
import { cpuTimeMs } from './proc.ts';
import { runTopology } from './topology-run.ts';

const main = 'acme.kafka.ReadTopology';
const load = { topic: 'read', partitions: 4, bytes: 100 } as const;
const messages = { quick: 4_000_000, full: 8_000_000 };
/** Read before it is measured, on either side; nobody's code is cold then, and most of the topic is left. */
const warmUpMessages = 500_000;
/** Whoever reads everything sooner is measured until then. */
const windowMs = { quick: 5_000, full: 10_000 };
const lookMs = 100;

interface Rate {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}

/** Real Storm has a network of its own: the broker is started anew in whichever is to read from it. */
export const stormKafka: Comparison = {
  name: 'storm-kafka',
  about: 'reading a Kafka topic by the spout of storm-kafka 0.9.7, acked',
  minutes: { quick: 2, full: 6 },
  peers: ['0.10.2'],
  async run(sides, quick) {
    const broker = await KafkaBroker.start({ properties: { 'log.retention.bytes': -1 } });
    try {
      const filled = { ...load, messages: quick ? messages.quick : messages.full };
      const forMs = quick ? windowMs.quick : windowMs.full;
      await fillTopic(broker, filled);
      const samples = await interleaved(sides, quick ? 1 : 3, async (cluster) => {
        await broker.moveTo(cluster.network ?? null);
        return measure(cluster, broker, filled, forMs);
      });
      const config = { ...filled, broker: 'Kafka 3.9.2', executorsPerComponent: 2, workers: 1 };
      const base = {
        better: 'more',
        config: { ...config, warmUpMessages, windowMs: forMs },
      } as const;
      return [
        ...outcomesOf(samples, {
          ...{ ...base, name: 'storm-kafka', unit: 'messages/s' },
          of: (rate) => rate.perSecond,
        }),
        ...outcomesOf(samples, {
          ...{ ...base, name: 'storm-kafka-cpu', unit: 'messages per CPU-second' },
          of: (rate) => rate.perCpuSecond,
        }),
      ];
    } finally {
      await broker.stop();
    }
  },
};

function measure(
  cluster: Cluster,
  broker: KafkaBroker,
  { topic, partitions, messages }: TopicLoad,
  forMs: number,
): Promise<Rate> {
  const words = [broker.address, String(partitions), topic];
  const begun = (rows: MeterRows) => totalOf(rows) >= warmUpMessages;
  const topology = { main, words, jar: jars.kafka, begun, warmUpMs: 0 };
  return runTopology(cluster, topology, async ({ pids, rows }) => {
    const cpuBeforeMs = await cpuTimeMs(pids);
    const before = await rows();
    if (totalOf(before) > messages / 2) throw new Error(`${topic} is too short to warm up on`);
    let after = before;
    for (let restMs = forMs; restMs > 0 && totalOf(after) < messages; restMs -= lookMs) {
      await sleep(lookMs);
      after = await rows();
    }
    const cpuMs = (await cpuTimeMs(pids)) - cpuBeforeMs;
    const counted = totalOf(after) - totalOf(before);
    return { perSecond: perSecond(before, after), perCpuSecond: (1000 * counted) / cpuMs };
  });
}
