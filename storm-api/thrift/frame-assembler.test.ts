import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThriftFormatError } from './errors.ts';
import { ByteBudget, FrameAssembler } from './frame-assembler.ts';

const limits = { frameBytesMax: 1 << 20, freeBytes: 1000 };

function assembler(budget = new ByteBudget(1 << 30)): FrameAssembler {
  return new FrameAssembler(limits, budget);
}

function framed(body: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
}

function framesOf(frames: FrameAssembler): readonly Buffer[] {
  const found: Buffer[] = [];
  for (let frame = frames.next(); frame !== null; frame = frames.next()) found.push(frame);
  return found;
}

describe('frame assembler', () => {
  it('finds the same frames however the bytes are cut, and never changes one it gave out', () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 12 });
    const pieces = fc.infiniteStream(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.nat(5000)));
    fc.assert(
      fc.property(bodies, pieces, (expected, sizes) => {
        const stream = Buffer.concat(expected.map(framed));
        const frames = assembler();
        const found: Buffer[] = [];
        for (let at = 0; at < stream.length; ) {
          const size = Math.max(1, sizes.next().value);
          frames.push(Buffer.from(stream.subarray(at, at + size)));
          found.push(...framesOf(frames));
          at += size;
        }
        expect(found.map((each) => each.toString('hex'))).toEqual(
          expected.map((each) => Buffer.from(each).toString('hex')),
        );
        expect(frames.unfinished).toBe(false);
      }),
    );
  });

  it('puts frames together in the same memory once the earlier ones are done with', () => {
    const frames = assembler();
    const memories = [1, 2, 3, 4].map((fill) => {
      const bytes = framed(Buffer.alloc(900, fill));
      frames.push(bytes.subarray(0, 300));
      frames.push(bytes.subarray(300));
      const [frame] = framesOf(frames);
      expect(frame).toEqual(Buffer.alloc(900, fill));
      if (fill > 1) frames.reuse();
      return frame?.buffer;
    });
    expect(memories[1]).not.toBe(memories[0]);
    expect(memories.slice(2)).toEqual([memories[1], memories[1]]);
    expect(memories[3]).toBe(memories[1]);
  });

  it('allocates nothing on the word of a length', () => {
    const frames = assembler();
    const before = process.memoryUsage().arrayBuffers;
    frames.push(framed(Buffer.alloc(0)).fill(0));
    frames.push(Buffer.from('00100000', 'hex'));
    frames.push(Buffer.alloc(1));
    expect(framesOf(frames)).toHaveLength(1);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 19);
  });

  it.each([-1, 0x7fffffff, (1 << 20) + 1])('refuses a frame of %d bytes at once', (length) => {
    const frames = assembler();
    const head = Buffer.alloc(4);
    head.writeInt32BE(length);
    frames.push(head);
    expect(() => frames.next()).toThrow(ThriftFormatError);
  });

  it('holds of the shared budget only what large unfinished frames have beyond their own share', () => {
    const budget = new ByteBudget(5004);
    const [first, second] = [assembler(budget), assembler(budget)];
    const body = framed(Buffer.alloc(6000));
    first.push(body.subarray(0, 10));
    first.push(body.subarray(10, 5000));
    expect(budget.held).toBe(4000);
    second.push(body.subarray(0, 10));
    second.push(body.subarray(10, 2000));
    expect(() => second.push(body.subarray(2000, 3000))).toThrow(/too many unfinished/);
    second.close();
    first.push(body.subarray(5000, 6000));
    first.push(body.subarray(6000));
    expect(framesOf(first)).toHaveLength(1);
    expect(budget.held).toBe(0);
  });
});

describe('frame assembler that may skip', () => {
  it('skips what is too long to be taken but not too long to be read, and keeps its beginning', () => {
    const budget = new ByteBudget(0);
    const frames = new FrameAssembler({ ...limits, skippedBytesMax: 2 << 20 }, budget);
    const long = Buffer.alloc(limits.frameBytesMax + 1, 'x');
    const bodies = [Buffer.from('one'), long, long, Buffer.from('two')];
    const bytes = Buffer.concat(bodies.map(framed));
    const found: [string, number][] = [];
    for (let at = 0; at < bytes.length; at += 700) {
      frames.push(bytes.subarray(at, at + 700));
      for (let frame = frames.next(); frame !== null; frame = frames.next()) {
        found.push([frame.toString(), frames.lastLength]);
      }
    }
    const head = ['x'.repeat(256), long.length];
    expect(found).toEqual([['one', 3], head, head, ['two', 3]]);
    expect(frames.unfinished).toBe(false);
  });
});
