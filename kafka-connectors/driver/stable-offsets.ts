import Encoder from 'kafkajs/src/protocol/encoder.js';
import { errorCodes } from 'kafkajs/src/protocol/error.js';
import { KafkaError } from './errors.ts';
import type { CommittedOffset, PartitionId } from './kafka-driver.ts';
import { TaggedReader } from './response-reader.ts';

/** OffsetFetch: from this version on it can ask for offsets that no open transaction is about to change. */
const apiKey = 9;
const apiVersion = 7;
/** A transaction with that offset is being ended; a coordinator that has just begun reads its log. */
const passing: ReadonlySet<number> = new Set([88, 14]);

/** By topic and partition; null where nothing was committed. */
export type StableOffsets = ReadonlyMap<string, CommittedOffset | null>;

export function keyOf({ topic, partition }: PartitionId): string {
  return `${topic}/${partition}`;
}

/** Asks for what a group has committed, in kafkajs' form of a request. */
export function stableOffsetsRequest(
  group: string,
  topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[],
) {
  const body = [
    noTags, // the head's, which kafkajs does not write
    shortString(group),
    length(topics.length),
    ...topics.flatMap(({ topic, partitions }) => [
      shortString(topic),
      length(partitions.length),
      ...partitions.map(int32),
      noTags,
    ]),
    Buffer.from([1]), // stable ones only
    noTags,
  ];
  const encode = async () => new Encoder().writeBuffer(Buffer.concat(body));
  return { apiKey, apiVersion, apiName: 'OffsetFetch', encode };
}

/** null when it is to be asked again before long. @throws KafkaError */
export function decodeStableOffsets(group: string, bytes: Buffer): StableOffsets | null {
  const reader = new TaggedReader(bytes);
  reader.tags();
  reader.skip(4); // how long we are to wait
  const offsets = new Map<string, CommittedOffset | null>();
  let isStable = true;
  for (let topics = reader.length(); topics > 0; topics--) {
    const topic = reader.string();
    for (let partitions = reader.length(); partitions > 0; partitions--) {
      const { partition, offset, metadata, errorCode } = readPartition(reader);
      if (passing.has(errorCode)) isStable = false;
      else check(group, errorCode);
      offsets.set(keyOf({ topic, partition }), offset < 0 ? null : { offset, metadata });
    }
    reader.tags();
  }
  const errorCode = reader.int16();
  if (passing.has(errorCode)) return null;
  check(group, errorCode);
  return isStable ? offsets : null;
}

function readPartition(reader: TaggedReader) {
  const partition = reader.int32();
  const offset = reader.int64();
  reader.skip(4); // leader's epoch
  const metadata = reader.string();
  const errorCode = reader.int16();
  reader.tags();
  return { partition, offset, metadata, errorCode };
}

function check(group: string, errorCode: number): void {
  if (errorCode === 0) return;
  const known = errorCodes.find(({ code }) => code === errorCode);
  const kind = known?.type.endsWith('AUTHORIZATION_FAILED') === true ? 'refused' : 'failed';
  throw new KafkaError(kind, `group ${group}: ${known?.message ?? `error ${errorCode}`}`);
}

const noTags = Buffer.from([0]);

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function shortString(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([length(bytes.length), bytes]);
}

/** One more than the length, in groups of seven bits. */
function length(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value + 1;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.from([...bytes, rest]);
}
