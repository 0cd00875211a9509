import type { KafkaRecord, RecordHeader } from '../driver/kafka-driver.ts';

/** Makes a value of the bytes of a key or a value. What it throws makes the message undecodable. */
export type Decoder<Value> = (bytes: Uint8Array) => Value;

/** A message as a spout has read it. */
export interface KafkaMessage<Key, Value> {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly timestampMs: number;
  /** null for a message without one. */
  readonly key: Key | null;
  /** null for a tombstone. */
  readonly value: Value | null;
  readonly headers: readonly RecordHeader[];
  /** Where it lies among its partition's; a bolt that commits offsets wants it. */
  readonly position: SourcePosition;
}

/** Names one message of a consumer group, and the one in front of it. */
export interface SourcePosition {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Of the message that was emitted before it; or less than any that is. */
  readonly previous: number;
}

/** The bytes as they are. */
export const bytes: Decoder<Uint8Array> = (raw) => raw;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** UTF-8. @throws TypeError for bytes that are none */
export const text: Decoder<string> = (raw) => utf8.decode(raw);

/** Any JSON value. @throws SyntaxError, TypeError */
export const json: Decoder<unknown> = (raw) => JSON.parse(utf8.decode(raw));

export interface Decoders<Key, Value> {
  readonly key: Decoder<Key>;
  readonly value: Decoder<Value>;
}

/** @throws what the decoders throw */
export function messageOf<Key, Value>(
  { key, value }: Decoders<Key, Value>,
  position: SourcePosition,
  record: KafkaRecord,
): KafkaMessage<Key, Value> {
  return {
    topic: position.topic,
    partition: position.partition,
    offset: record.offset,
    timestampMs: record.timestampMs,
    key: record.key === null ? null : key(record.key),
    value: record.value === null ? null : value(record.value),
    headers: record.headers,
    position,
  };
}

/** By name, as text; the last of a name that comes several times. */
export function headerTexts(headers: readonly RecordHeader[]): Readonly<Record<string, string>> {
  if (headers.length === 0) return noHeaders;
  return Object.fromEntries(
    headers.map(({ name, value }) => [name, Buffer.from(value ?? []).toString()]),
  );
}

const noHeaders: Readonly<Record<string, string>> = Object.freeze({});
