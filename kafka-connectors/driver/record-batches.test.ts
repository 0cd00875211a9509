import { describe, expect, it } from 'vitest';
import { decodeBatches } from './record-batches.ts';

interface BatchParts {
  readonly baseOffset: number;
  readonly attributes?: number;
  readonly producerId?: number;
  readonly records: readonly Buffer[];
  /** When offsets behind the last record have none. */
  readonly lastOffsetDelta?: number;
}

/** A batch of format 2, without its checksum. */
function batchOf({ baseOffset, attributes = 0, producerId = -1, records, ...rest }: BatchParts) {
  const head = Buffer.alloc(61);
  const body = Buffer.concat(records);
  head.writeBigInt64BE(BigInt(baseOffset), 0);
  head.writeInt32BE(head.length + body.length - 12, 8);
  head.writeInt8(2, 16);
  head.writeInt16BE(attributes, 21);
  head.writeInt32BE(rest.lastOffsetDelta ?? records.length - 1, 23);
  head.writeBigInt64BE(1_000n, 27);
  head.writeBigInt64BE(2_000n, 35);
  head.writeBigInt64BE(BigInt(producerId), 43);
  head.writeInt32BE(records.length, 57);
  return Buffer.concat([head, body]);
}

/** Numbers below 64, so that each is one byte. */
function record(offsetDelta: number, value: string, key: Buffer | null = null): Buffer {
  const text = Buffer.from(value);
  const keyPart = key === null ? [0x01] : [key.length * 2, ...key];
  const body = Buffer.from([0, 3 * 2, offsetDelta * 2, ...keyPart, text.length * 2, ...text, 0]);
  return Buffer.from([body.length * 2, ...body]);
}

const values = (
  bytes: Buffer,
  from = 0,
  aborted: { producerId: number; firstOffset: number }[] = [],
) => decodeBatches(bytes, from, aborted).records.map(({ offset, value }) => `${offset}:${value}`);

describe('records of a batch', () => {
  it('have the offsets and times that the batch says', () => {
    const bytes = batchOf({ baseOffset: 5, records: [record(0, 'a'), record(2, 'b')] });
    const { records, nextOffset } = decodeBatches(bytes, 5, []);
    expect(records.map(({ offset, timestampMs }) => [offset, timestampMs])).toEqual([
      [5, 1003],
      [7, 1003],
    ]);
    expect(nextOffset).toBe(7);
  });

  it('have the time of their arrival when the topic says so', () => {
    const bytes = batchOf({ baseOffset: 0, attributes: 0x08, records: [record(0, 'a')] });
    expect(decodeBatches(bytes, 0, []).records[0]?.timestampMs).toBe(2_000);
  });

  it('are left out in front of the offset that was asked for', () => {
    const bytes = batchOf({ baseOffset: 0, records: [record(0, 'a'), record(1, 'b')] });
    expect(values(bytes, 1)).toEqual(['1:b']);
  });

  it('end at a batch that is cut short', () => {
    const whole = batchOf({ baseOffset: 0, records: [record(0, 'a')] });
    const cut = batchOf({ baseOffset: 1, records: [record(0, 'b')] }).subarray(0, -1);
    const { records, nextOffset, problem } = decodeBatches(Buffer.concat([whole, cut]), 0, []);
    expect([records.length, nextOffset, problem]).toEqual([1, 1, null]);
  });

  it('go on behind offsets that compaction has emptied', () => {
    const bytes = batchOf({ baseOffset: 0, lastOffsetDelta: 9, records: [record(4, 'a')] });
    expect(decodeBatches(bytes, 0, []).nextOffset).toBe(10);
  });
});

describe('transactions', () => {
  const mark = (type: number) => record(0, 'm', Buffer.from([0, 0, 0, type]));
  const sent = (baseOffset: number, producerId: number, value: string) =>
    batchOf({ baseOffset, producerId, attributes: 0x10, records: [record(0, value)] });
  const ended = (baseOffset: number, producerId: number, type: number) =>
    batchOf({ baseOffset, producerId, attributes: 0x30, records: [mark(type)] });

  it('that were aborted are left out, and their marks, and nothing else', () => {
    const bytes = Buffer.concat([
      sent(0, 7, 'void'),
      sent(1, 8, 'kept'),
      ended(2, 7, 0),
      sent(3, 7, 'next'),
      ended(4, 7, 1),
      ended(5, 8, 1),
    ]);
    const aborted = [{ producerId: 7, firstOffset: 0 }];
    expect(values(bytes, 0, aborted)).toEqual(['1:kept', '3:next']);
    expect(decodeBatches(bytes, 0, aborted).nextOffset).toBe(6);
  });
});

describe('a batch that cannot be read', () => {
  it('by an unknown codec is named with the offset to go on at, after what is in front of it', () => {
    const good = batchOf({ baseOffset: 0, records: [record(0, 'a')] });
    const bad = batchOf({
      baseOffset: 1,
      attributes: 7,
      records: [record(0, 'b'), record(1, 'c')],
    });
    const { records, nextOffset, problem } = decodeBatches(Buffer.concat([good, bad]), 0, []);
    expect(records).toHaveLength(1);
    expect(nextOffset).toBe(1);
    expect(problem).toEqual({ message: 'compressed by unknown codec 7', skipTo: 3 });
  });

  it('because a client of long ago has written it is named, alone', () => {
    const old = Buffer.alloc(40); // a message of format 1 with a value of 6 bytes
    old.writeBigInt64BE(4n, 0);
    old.writeInt32BE(old.length - 12, 8);
    old.writeInt8(1, 16);
    const next = batchOf({ baseOffset: 5, records: [record(0, 'a')] });
    const { problem } = decodeBatches(Buffer.concat([old, next]), 4, []);
    expect(problem).toEqual({
      message: 'written in message format 1, and only 2 is read',
      skipTo: 5,
    });
    expect(decodeBatches(old, 4, []).problem?.skipTo).toBe(5);
  });

  it('is not read in part', () => {
    const broken = record(1, 'b');
    broken[0] = 120;
    const bytes = batchOf({ baseOffset: 0, records: [record(0, 'a'), broken] });
    const { records, problem } = decodeBatches(bytes, 0, []);
    expect([records.length, problem?.skipTo]).toEqual([0, 2]);
  });
});
