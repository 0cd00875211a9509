import { decompress } from './codecs.ts';
import type { KafkaRecord, RecordHeader } from './kafka-driver.ts';

/** The head of a batch of Kafka's format 2 (KIP-98), which all brokers since 0.11 write. */
const at = {
  baseOffset: 0,
  length: 8,
  magic: 16,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  count: 57,
  records: 61,
} as const;
const magic = 2;
/** What a message of an older format is at least. */
const oldBytesMin = 26;
/** Bytes in front of what `length` counts. */
const lengthEnd = 12;
const codecMask = 0x07;
const logAppendTime = 0x08;
const transactional = 0x10;
const control = 0x20;
/** The second number in the key of a control record. */
const abortMark = 0;

export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

export interface DecodedBatches {
  readonly records: KafkaRecord[];
  /** Behind the last batch that was read; `fromOffset` when there was none. */
  readonly nextOffset: number;
  /** Of the batch at `nextOffset`, which cannot be read. */
  readonly problem: { readonly message: string; readonly skipTo: number } | null;
}

/**
 * Reads batches as a broker answers a fetch with them: the first may begin before the offset that
 * was asked for, the last may be cut short, and those of aborted transactions are left out.
 */
export function decodeBatches(
  bytes: Buffer,
  fromOffset: number,
  aborted: readonly AbortedTransaction[],
): DecodedBatches {
  const records: KafkaRecord[] = [];
  const transactions = new OpenAborts(aborted);
  let nextOffset = fromOffset;
  for (let begin = 0; begin + oldBytesMin <= bytes.length; ) {
    const end = begin + lengthEnd + bytes.readInt32BE(begin + at.length);
    if (end > bytes.length) break;
    const batch = bytes.subarray(begin, end);
    const skipTo = lastOffset(batch) + 1;
    const kept = records.length;
    try {
      decodeBatch(batch, fromOffset, transactions, records);
    } catch (error) {
      records.length = kept;
      const message = error instanceof Error ? error.message : String(error);
      return { records, nextOffset, problem: { message, skipTo } };
    }
    nextOffset = Math.max(nextOffset, skipTo);
    begin = end;
  }
  return { records, nextOffset, problem: null };
}

/** An older message, or several that were packed into one, has the offset of the last. */
function lastOffset(batch: Buffer): number {
  const baseOffset = readInt64(batch, at.baseOffset);
  if (batch.readInt8(at.magic) < magic || batch.length < at.records) return baseOffset;
  return baseOffset + batch.readInt32BE(at.lastOffsetDelta);
}

/** Which producers' records are void at a place in the log. */
class OpenAborts {
  readonly #coming: AbortedTransaction[];
  readonly #open = new Set<number>();

  constructor(aborted: readonly AbortedTransaction[]) {
    this.#coming = [...aborted].sort((one, other) => one.firstOffset - other.firstOffset);
  }

  /** @param offset the last of a batch */
  reach(offset: number): void {
    for (let next = this.#coming[0]; next !== undefined && next.firstOffset <= offset; ) {
      this.#open.add(next.producerId);
      this.#coming.shift();
      next = this.#coming[0];
    }
  }

  end(producerId: number): void {
    this.#open.delete(producerId);
  }

  has(producerId: number): boolean {
    return this.#open.has(producerId);
  }
}

function decodeBatch(
  batch: Buffer,
  fromOffset: number,
  transactions: OpenAborts,
  records: KafkaRecord[],
): void {
  const version = batch.readInt8(at.magic);
  if (version !== magic) {
    throw new RangeError(`written in message format ${version}, and only ${magic} is read`);
  }
  const attributes = batch.readInt16BE(at.attributes);
  const producerId = readInt64(batch, at.producerId);
  const baseOffset = readInt64(batch, at.baseOffset);
  transactions.reach(baseOffset + batch.readInt32BE(at.lastOffsetDelta));
  const isControl = (attributes & control) !== 0;
  if (!isControl && (attributes & transactional) !== 0 && transactions.has(producerId)) return;
  const codec = attributes & codecMask;
  const packed = batch.subarray(at.records);
  const reader = new RecordReader(codec === 0 ? packed : decompress(codec, packed));
  const timestampMs = readInt64(batch, at.baseTimestamp);
  const appendedMs = (attributes & logAppendTime) === 0 ? null : readInt64(batch, at.maxTimestamp);
  const count = batch.readInt32BE(at.count);
  for (let index = 0; index < count; index++) {
    const record = reader.read(baseOffset, timestampMs, appendedMs);
    if (isControl) endTransaction(record, producerId, transactions);
    else if (record.offset >= fromOffset) records.push(record);
  }
  if (reader.isOverrun) throw new RangeError('a record is longer than its batch');
}

function endTransaction({ key }: KafkaRecord, producerId: number, transactions: OpenAborts): void {
  if (key !== null && key.length >= 4 && ((key[2] ?? 0) << 8) + (key[3] ?? 0) === abortMark) {
    transactions.end(producerId);
  }
}

/** Reads records one after the other; the numbers in them take as few bytes as they need. */
class RecordReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** It was asked for more than there is. */
  get isOverrun(): boolean {
    return this.#at > this.#bytes.length;
  }

  read(baseOffset: number, baseTimestampMs: number, appendedMs: number | null): KafkaRecord {
    const length = this.#number();
    const end = this.#at + length;
    if (length < 0 || end > this.#bytes.length) {
      throw new RangeError('a record is longer than its batch');
    }
    this.#at += 1; // attributes, of which there are none
    const timestampMs = baseTimestampMs + this.#number();
    const offset = baseOffset + this.#number();
    const key = this.#slice();
    const value = this.#slice();
    const headerCount = this.#number();
    const headers = headerCount === 0 ? noHeaders : this.#headers(headerCount);
    this.#at = end;
    return { offset, timestampMs: appendedMs ?? timestampMs, key, value, headers };
  }

  #headers(count: number): readonly RecordHeader[] {
    const headers: RecordHeader[] = [];
    for (let index = 0; index < count && !this.isOverrun; index++) {
      headers.push({ name: this.#slice()?.toString() ?? '', value: this.#slice() });
    }
    return headers;
  }

  #slice(): Buffer | null {
    const length = this.#number();
    if (length < 0) return null;
    const begin = this.#at;
    this.#at = begin + length;
    return this.#bytes.subarray(begin, this.#at);
  }

  /** A zigzag number of at most 53 bits. */
  #number(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++] ?? 0;
    let value = byte & 0x7f;
    for (let factor = 0x80; byte >= 0x80; factor *= 0x80) {
      byte = bytes[this.#at++] ?? 0;
      value += (byte & 0x7f) * factor;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

const noHeaders: readonly RecordHeader[] = Object.freeze([]);

/** Exact up to 2^53, which no offset and no time reaches. */
export function readInt64(bytes: Buffer, position: number): number {
  return bytes.readInt32BE(position) * 0x1_0000_0000 + bytes.readUInt32BE(position + 4);
}
