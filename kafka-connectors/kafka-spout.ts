import { systemClock } from '../runtime/native/index.ts';
import {
  type Emission,
  type Field,
  field,
  type Spout,
  type SpoutCollector,
  type SpoutDefinition,
  type Streams,
  spout,
  type TopologyContext,
} from '../storm-api/builder/index.ts';
import type { KafkaDriver } from './driver/kafka-driver.ts';
import { KafkajsDriver } from './driver/kafkajs-driver.ts';
import { KafkaSpoutTask } from './spout/kafka-spout-task.ts';
import {
  type Decoder,
  headerTexts,
  type KafkaMessage,
  type SourcePosition,
  text,
} from './spout/message.ts';
import { offsetMetric } from './spout/offset-metric.ts';
import type { Delivery } from './spout/partition-window.ts';
import { type SourceOptions, settingsOf } from './spout/spout-options.ts';

export interface KafkaSpoutOptions<Key, Value> extends SourceOptions {
  /** Makes the key of its bytes; text when left out. */
  readonly key?: Decoder<Key>;
  /** Makes the value of its bytes; text when left out. */
  readonly value?: Decoder<Value>;
}

/** A spout with streams of its own. */
export interface MappedKafkaSpoutOptions<Key, Value, Declared extends Streams>
  extends KafkaSpoutOptions<Key, Value> {
  readonly streams: Declared;
  /** What to emit for a message; null for nothing. What it throws makes the message undecodable. */
  map(message: KafkaMessage<Key, Value>): Emission<Declared> | null;
}

/** The fields of a message, where no other streams are declared. */
export interface MessageStreams<Key, Value> extends Streams {
  readonly default: {
    readonly topic: Field<string>;
    readonly partition: Field<number>;
    readonly offset: Field<number>;
    readonly timestampMs: Field<number>;
    readonly key: Field<Key | null>;
    readonly value: Field<Value | null>;
    readonly headers: Field<Readonly<Record<string, string>>>;
    readonly position: Field<SourcePosition>;
  };
}

/**
 * A spout that emits the messages of Kafka topics until each is acked, and commits what is done. Of n
 * tasks, task `p mod n` reads partition p.
 * @throws TypeError or RangeError for options that cannot be meant so
 */
export function kafkaSpout<Declared extends Streams, Key = string, Value = string>(
  options: MappedKafkaSpoutOptions<Key, Value, Declared>,
): Spout<Declared>;
export function kafkaSpout<Key = string, Value = string>(
  options: KafkaSpoutOptions<Key, Value>,
): Spout<MessageStreams<Key, Value>>;
export function kafkaSpout<Key, Value>(
  options: KafkaSpoutOptions<Key, Value> | MappedKafkaSpoutOptions<Key, Value, Streams>,
): Spout<Streams> {
  return spout(kafkaSpoutDefinition(options, new KafkajsDriver(options)));
}

/** The same over any driver. */
function kafkaSpoutDefinition<Key, Value>(
  options: KafkaSpoutOptions<Key, Value> | MappedKafkaSpoutOptions<Key, Value, Streams>,
  driver: KafkaDriver,
): SpoutDefinition<Streams> {
  const settings = settingsOf(options);
  const { streams, map } = 'map' in options ? options : wholeMessages<Key, Value>();
  const asText = text as Decoder<never>;
  const decoders = { key: options.key ?? asText, value: options.value ?? asText };
  return {
    streams,
    open: (context: TopologyContext, collector: SpoutCollector<Streams>) => {
      const skipped = context.metrics.counter('kafkaErrors', metricSecs);
      const task = new KafkaSpoutTask<Key, Value>({
        settings,
        driver,
        clock: systemClock,
        decoders,
        taskIndex: context.taskIndex,
        tasks: context.tasksOf(context.componentId).length,
        stormId: context.stormId,
        emit: (message, delivery) => emit(collector, map(message), delivery),
        report: (error) => {
          skipped.add();
          collector.reportError(error);
        },
      });
      context.metrics.gauge('kafkaOffset', () => offsetMetric(task.windows), metricSecs);
      task.start();
      return task;
    },
  };
}

/** As often as Storm's own spout tells its offsets. */
const metricSecs = 60;

function emit(
  collector: SpoutCollector<Streams>,
  emission: Emission<Streams> | null,
  messageId: Delivery,
): boolean {
  if (emission === null) return false;
  const { values, stream = 'default', task } = emission;
  const where = task === undefined ? { stream, messageId } : { stream, task, messageId };
  collector.emit(values as never, where);
  return true;
}

function wholeMessages<Key, Value>() {
  return {
    streams: {
      default: {
        topic: field<string>(),
        partition: field<number>(),
        offset: field<number>(),
        timestampMs: field<number>(),
        key: field<Key | null>(),
        value: field<Value | null>(),
        headers: field<Readonly<Record<string, string>>>(),
        position: field<SourcePosition>(),
      },
    },
    // in the order of the fields, which an executor takes without a look for each of them
    map: (message: KafkaMessage<Key, Value>): Emission<Streams> => {
      const { topic, partition, offset, timestampMs, key, value, position } = message;
      const headers = headerTexts(message.headers);
      const values = [topic, partition, offset, timestampMs, key, value, headers, position];
      return { stream: 'default', values: values as never };
    },
  };
}
