export type { KafkaBoltOptions, OutgoingRecord } from './bolt/bolt-options.ts';
export type { KafkaConnection } from './driver/connection-options.ts';
export type { Compression, RecordHeader } from './driver/kafka-driver.ts';
export { kafkaBolt } from './kafka-bolt.ts';
export {
  type KafkaSpoutOptions,
  kafkaSpout,
  type MappedKafkaSpoutOptions,
  type MessageStreams,
} from './kafka-spout.ts';
export {
  bytes,
  type Decoder,
  json,
  type KafkaMessage,
  type SourcePosition,
  text,
} from './spout/message.ts';
export type { Policy, RetryOptions, StartAt } from './spout/spout-options.ts';
