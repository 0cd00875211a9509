import { errorCodes } from 'kafkajs/src/protocol/error.js';
import type { Fetched, FetchPlace, FetchProblem } from './kafka-driver.ts';
import { type AbortedTransaction, decodeBatches } from './record-batches.ts';
import { ResponseReader } from './response-reader.ts';

const success = 0;

/**
 * Reads the answer to a fetch of version 11.
 * @throws Error for an answer that refuses the request as a whole
 */
export function decodeFetchResponse(bytes: Buffer, places: readonly FetchPlace[]): Fetched[] {
  const reader = new ResponseReader(bytes);
  reader.int32(); // how long we are to wait before the next; brokers hold back themselves
  const errorCode = reader.int16();
  if (errorCode !== success) throw new Error(messageOf(errorCode));
  reader.int32(); // session
  const fetched: Fetched[] = [];
  for (let topics = reader.int32(); topics > 0; topics--) {
    const topic = reader.string();
    for (let partitions = reader.int32(); partitions > 0; partitions--) {
      const answer = readPartition(reader);
      const place = places.find(
        (each) => each.topic === topic && each.partition === answer.partition,
      );
      if (place !== undefined) fetched.push(fetchedOf(place, answer));
    }
  }
  return fetched;
}

interface PartitionAnswer {
  readonly partition: number;
  readonly errorCode: number;
  readonly endOffset: number;
  readonly aborted: readonly AbortedTransaction[];
  readonly batches: Buffer;
}

function readPartition(reader: ResponseReader): PartitionAnswer {
  const partition = reader.int32();
  const errorCode = reader.int16();
  reader.int64(); // high watermark: also what readers of committed records cannot have yet
  const endOffset = reader.int64();
  reader.int64(); // first offset
  const aborted: AbortedTransaction[] = [];
  for (let count = reader.int32(); count > 0; count--) {
    aborted.push({ producerId: reader.int64(), firstOffset: reader.int64() });
  }
  reader.int32(); // a replica that is nearer
  return { partition, errorCode, endOffset, aborted, batches: reader.bytes() };
}

function fetchedOf(place: FetchPlace, answer: PartitionAnswer): Fetched {
  const { topic, partition, offset } = place;
  const { endOffset } = answer;
  if (answer.errorCode !== success) {
    const problem = problemOf(answer.errorCode);
    return { topic, partition, records: [], nextOffset: offset, endOffset, problem };
  }
  const { records, nextOffset, problem } = decodeBatches(answer.batches, offset, answer.aborted);
  return {
    topic,
    partition,
    records,
    nextOffset,
    endOffset,
    problem: problem === null ? null : { kind: 'undecodable', ...problem },
  };
}

const kinds: Readonly<Record<string, FetchProblem['kind']>> = {
  OFFSET_OUT_OF_RANGE: 'out-of-range',
  UNKNOWN_TOPIC_OR_PARTITION: 'moved',
  LEADER_NOT_AVAILABLE: 'moved',
  NOT_LEADER_FOR_PARTITION: 'moved',
  REPLICA_NOT_AVAILABLE: 'moved',
  FENCED_LEADER_EPOCH: 'moved',
  UNKNOWN_LEADER_EPOCH: 'moved',
  KAFKA_STORAGE_ERROR: 'moved',
  TOPIC_AUTHORIZATION_FAILED: 'refused',
};

function problemOf(errorCode: number): FetchProblem {
  const type = errorCodes.find(({ code }) => code === errorCode)?.type ?? '';
  return { kind: kinds[type] ?? 'failed', message: messageOf(errorCode), skipTo: null };
}

function messageOf(errorCode: number): string {
  const known = errorCodes.find(({ code }) => code === errorCode);
  return known === undefined ? `the broker answered error ${errorCode}` : known.message;
}
