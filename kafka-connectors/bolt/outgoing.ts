import type { NewRecord, RecordHeader } from '../driver/kafka-driver.ts';
import { partitionOfKey } from '../murmur2.ts';
import type { OutgoingRecord } from './bolt-options.ts';

/** A record whose partition is not chosen yet when it is null. */
export type Unplaced = Omit<NewRecord, 'partition'> & { readonly partition: number | null };

/** @throws TypeError for a record without a topic, or with a value that is none */
export function unplaced(record: OutgoingRecord, topicDefault: string | null): Unplaced {
  const topic = record.topic ?? topicDefault;
  if (topic === null || topic === '') throw new TypeError('a record for Kafka names no topic');
  return {
    topic,
    partition: record.partition ?? null,
    key: bytesOf('key', record.key ?? null),
    value: bytesOf('value', record.value),
    headers: Object.entries(record.headers ?? {}).map(headerOf),
    timestampMs: record.timestampMs ?? null,
  };
}

export function recordsOf(
  made: OutgoingRecord | readonly OutgoingRecord[] | null,
): readonly OutgoingRecord[] {
  if (made === null) return [];
  return isMany(made) ? made : [made];
}

/** Chooses partitions as Kafka's own clients do: by key, else one for each batch, each in its turn. */
export class Placement {
  #turn = 0;

  nextBatch(): void {
    this.#turn += 1;
  }

  /** @throws RangeError for a partition that the topic does not have */
  place(record: Unplaced, partitions: number): NewRecord {
    const { partition, key, topic } = record;
    if (partition !== null && (partition < 0 || partition >= partitions)) {
      throw new RangeError(`topic ${topic} has no partition ${partition}`);
    }
    const byKey = key === null ? this.#turn % partitions : partitionOfKey(key, partitions);
    return { ...record, partition: partition ?? byKey };
  }
}

function isMany(
  made: OutgoingRecord | readonly OutgoingRecord[],
): made is readonly OutgoingRecord[] {
  return Array.isArray(made);
}

function bytesOf(what: string, value: unknown): Uint8Array | null {
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === 'string') return Buffer.from(value);
  throw new TypeError(
    `the ${what} of a record for Kafka is ${typeof value}: neither text nor bytes nor null`,
  );
}

function headerOf([name, value]: [string, string | Uint8Array]): RecordHeader {
  return { name, value: bytesOf(`header ${name}`, value) };
}
