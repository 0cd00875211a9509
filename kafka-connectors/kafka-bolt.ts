import { systemClock } from '../runtime/native/index.ts';
import { type Bolt, bolt, type Fields, type TopologyContext } from '../storm-api/builder/index.ts';
import { type KafkaBoltOptions, limitsOf } from './bolt/bolt-options.ts';
import { KafkaBoltTask } from './bolt/kafka-bolt-task.ts';
import { TransactionalBoltTask } from './bolt/transactional-bolt-task.ts';
import type { KafkaDriver } from './driver/kafka-driver.ts';
import { KafkajsDriver } from './driver/kafkajs-driver.ts';

type NoStreams = Readonly<Record<never, Fields>>;

/**
 * A bolt that writes tuples to Kafka and acks each when its records are safe on all replicas; a tuple
 * that cannot be written is failed.
 * @throws TypeError or RangeError for options that cannot be meant so
 */
export function kafkaBolt<Values>(options: KafkaBoltOptions<Values>): Bolt<Values, NoStreams> {
  return kafkaBoltOver(options, new KafkajsDriver(options));
}

/** The same over any driver. */
function kafkaBoltOver<Values>(
  options: KafkaBoltOptions<Values>,
  driver: KafkaDriver,
): Bolt<Values, NoStreams> {
  limitsOf(options);
  const written = { compression: options.compression ?? 'none' };
  const { exactlyOnce } = options;
  return bolt<Values, NoStreams>({
    streams: {},
    prepare: (context, collector) => {
      const { topologyName, stormId, componentId, taskIndex } = context;
      if (exactlyOnce === undefined) {
        const tools = { writer: driver.writer(written), clock: systemClock };
        return new KafkaBoltTask(options, tools, collector);
      }
      checkGroupings(context);
      const name = `${topologyName}-${componentId}-${taskIndex}`;
      const tools = {
        writer: driver.transactionalWriter(name, written),
        reader: driver.reader(),
        clock: systemClock,
      };
      return new TransactionalBoltTask({ ...options, exactlyOnce }, tools, { stormId, collector });
    },
  });
}

/** All messages of a partition have to come to one task, which puts them into their order. */
function checkGroupings({ componentId, sources, tasksOf }: TopologyContext): void {
  const scattered = sources.find(({ grouping }) => grouping !== 'fields' && grouping !== 'global');
  if (scattered === undefined || tasksOf(componentId).length === 1) return;
  throw new Error(
    `${componentId} writes exactly once with several tasks: it has to be grouped by fields topic and partition, not by ${scattered.grouping}`,
  );
}
