import type { Tuple } from '../../storm-api/builder/index.ts';
import type { KafkaConnection } from '../driver/connection-options.ts';
import type { Compression } from '../driver/kafka-driver.ts';

/** What a bolt writes for one tuple. Text becomes UTF-8; null is a tombstone, or no key. */
export interface OutgoingRecord {
  /** The bolt's own when left out. */
  readonly topic?: string;
  readonly key?: string | Uint8Array | null;
  readonly value: string | Uint8Array | null;
  readonly headers?: Readonly<Record<string, string | Uint8Array>>;
  /** By the key when left out, as Kafka's own clients choose; without a key one after the other. */
  readonly partition?: number;
  /** Milliseconds since 1970; when it is sent, when left out. */
  readonly timestampMs?: number;
}

/** What a Kafka bolt writes and how; see docs/kafka.md. */
export interface KafkaBoltOptions<Values> extends KafkaConnection {
  /** Where records go that name no topic themselves. */
  readonly topic?: string;
  /** What to write for a tuple: one record, several, or none. What it throws fails the tuple. */
  record(tuple: Tuple<Values>): OutgoingRecord | readonly OutgoingRecord[] | null;
  /** `none` when left out. */
  readonly compression?: Compression;
  /** How long records are collected before they are sent; 5 when left out. */
  readonly lingerMs?: number;
  /** Records that make a batch without waiting; 500 when left out. */
  readonly batchMax?: number;
  /** Tuples that may be unwritten before the bolt takes no more; 10 000 when left out. */
  readonly unwrittenMax?: number;
  /**
   * Where a tuple comes from, for a chain that begins with a Kafka spout that leaves the commits to
   * this bolt: what is written and how far was read become true together, each message once.
   */
  exactlyOnce?(tuple: Tuple<Values>): unknown;
}

export interface BoltLimits {
  readonly lingerMs: number;
  readonly batchMax: number;
  readonly unwrittenMax: number;
}

/** @throws RangeError for a limit below 1 */
export function limitsOf<Values>(options: KafkaBoltOptions<Values>): BoltLimits {
  const limits = {
    lingerMs: options.lingerMs ?? 5,
    batchMax: options.batchMax ?? 500,
    unwrittenMax: options.unwrittenMax ?? 10_000,
  };
  if (limits.batchMax < 1 || limits.unwrittenMax < 1 || limits.lingerMs < 0) {
    throw new RangeError('batchMax and unwrittenMax of a Kafka bolt are at least 1, lingerMs 0');
  }
  return limits;
}
