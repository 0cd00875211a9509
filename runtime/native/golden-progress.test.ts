import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchor } from './anchoring.ts';
import type { EdgeSource } from './edges.ts';
import type { Delta } from './links/data-frames.ts';
import { DeltaQueue } from './links/delta-queue.ts';
import { NativeTuple, type Source } from './native-tuple.ts';
import { type Outcome, PendingTable } from './pending-table.ts';
import type { RootEdge } from './root.ts';
import { type RootOwner, settle } from './settle.ts';

interface Step {
  readonly put?: string;
  readonly followed?: boolean;
  readonly edges?: readonly string[];
  readonly root?: string;
  readonly delta?: string;
  readonly xor?: string;
  readonly fail?: string;
  readonly settle?: boolean;
  readonly rotate?: boolean;
  readonly pending?: number;
  readonly then?: readonly string[];
}

interface TableVector {
  readonly kind: 'table';
  readonly incarnation: number;
  readonly capacity: number;
  readonly afterSequence: string;
  readonly whenFailed?: Readonly<Record<string, Step>>;
  readonly steps: readonly Step[];
}

interface WireDelta {
  readonly spoutTask: number;
  readonly root: string;
  readonly xor: string;
  readonly kind: 'delta' | 'fail';
}

interface FoldVector {
  readonly kind: 'fold';
  readonly in: readonly WireDelta[];
  readonly out: readonly WireDelta[];
}

interface Tree {
  readonly spoutTask: number;
  readonly root: string;
  readonly edge: string;
}

interface TuplesVector {
  readonly kind: 'tuples';
  readonly received: readonly (readonly Tree[])[];
  readonly emits: readonly {
    readonly anchors: readonly number[];
    readonly edges: readonly string[];
    readonly trees: readonly Tree[];
  }[];
  readonly settles: readonly {
    readonly tuple: number;
    readonly by: 'ack' | 'fail';
    readonly deltas: readonly WireDelta[];
  }[];
}

type Vector = (TableVector | FoldVector | TuplesVector) & {
  readonly clause: string;
  readonly name: string;
};

const file = join(import.meta.dirname, '../../conformance-tests/golden/progress.ndjson');
const vectors = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector);

function titled(kind: Vector['kind']) {
  return vectors
    .filter((vector) => vector.kind === kind)
    .map((vector) => [`${vector.clause}: ${vector.name}`, vector] as const);
}

/** 64 bits, unsigned, hexadecimal. */
function bits(text: string): { readonly high: number; readonly low: number } {
  const value = BigInt(`0x${text}`);
  return { high: Number(value >> 32n) | 0, low: Number(value & 0xffffffffn) | 0 };
}

function hexadecimal(high: number, low: number): string {
  return ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)).toString(16);
}

/** A table with the spout's side of it written down. */
class Replay implements Outcome {
  readonly heard: string[] = [];
  readonly #table: PendingTable;
  readonly #whenFailed: Readonly<Record<string, Step>>;

  constructor({ incarnation, capacity, afterSequence, whenFailed = {} }: TableVector) {
    const lastSequence = Number.parseInt(afterSequence, 16);
    this.#table = new PendingTable(incarnation, this, capacity, lastSequence);
    this.#whenFailed = whenFailed;
  }

  run(step: Step): void {
    if (step.put !== undefined) this.#put(step);
    if (step.delta !== undefined) {
      const [root, xor] = [bits(step.delta), bits(step.xor ?? '0')];
      this.#table.apply(root.high, root.low, xor.high, xor.low);
    }
    if (step.fail !== undefined) {
      const { high, low } = bits(step.fail);
      this.#table.fail(high, low);
    }
    if (step.settle === true) this.#table.settle();
    if (step.rotate === true) this.#table.rotate();
    if (step.pending !== undefined) expect(this.#table.size).toBe(step.pending);
    expect(this.heard.splice(0)).toEqual(step.then ?? []);
  }

  completed(_: number, __: number, messageId: unknown): void {
    this.heard.push(`acked ${messageId}`);
  }

  failed(_: number, __: number, messageId: unknown): void {
    this.heard.push(`failed ${messageId}`);
    const next = this.#whenFailed[String(messageId)];
    if (next !== undefined) this.#put(next);
  }

  onTimeout(): void {}
  followedEnded(): void {}

  #put({ put, followed = false, edges = [], root = '' }: Step): void {
    this.#table.nextRoot(followed);
    expect(hexadecimal(this.#table.rootHigh, this.#table.rootLow).padStart(16, '0')).toBe(root);
    const all = edges.map(bits);
    this.#table.put({
      xorHigh: all.reduce((xor, { high }) => xor ^ high, 0),
      xorLow: all.reduce((xor, { low }) => xor ^ low, 0),
      edges: edges.length,
      task: 1,
      stream: 0,
      messageId: put,
      stampMs: 0,
    });
  }
}

describe('the table of pending trees', () => {
  it.each(titled('table'))('%s', (_, vector) => {
    const replay = new Replay(vector as TableVector);
    for (const step of (vector as TableVector).steps) replay.run(step);
  });
});

function toDelta({ spoutTask, root, xor, kind }: WireDelta): Delta {
  const [{ high, low }, value] = [bits(root), bits(xor)];
  const failed = kind === 'fail';
  return { task: spoutTask, high, low, xorHigh: value.high, xorLow: value.low, failed };
}

function fromDelta({ task, high, low, xorHigh, xorLow, failed }: Delta): WireDelta {
  return {
    spoutTask: task,
    root: hexadecimal(high, low).padStart(16, '0'),
    xor: failed ? '0' : hexadecimal(xorHigh, xorLow),
    kind: failed ? 'fail' : 'delta',
  };
}

describe('deltas that find no room', () => {
  it.each(titled('fold'))('%s', (_, vector) => {
    const { in: deltas, out } = vector as FoldVector;
    const lives = new Set(out.map(({ root }) => bits(root).high >>> 16));
    // A connection leads to one life.
    const sent = [...lives].flatMap((life) => {
      const queue = new DeltaQueue(0);
      for (const delta of deltas) queue.put(toDelta(delta));
      queue.drop((other) => other !== life);
      return queue.take(life, deltas.length) ?? [];
    });
    expect(sent.map(fromDelta)).toHaveLength(out.length);
    expect(sent.map(fromDelta)).toEqual(expect.arrayContaining([...out]));
  });
});

/** Draws the edges that a vector says. */
class GivenEdges implements EdgeSource {
  high = 0;
  low = 0;
  readonly #edges: string[];

  constructor(edges: readonly string[]) {
    this.#edges = [...edges];
  }

  draw(): void {
    ({ high: this.high, low: this.low } = bits(this.#edges.shift() ?? '0'));
  }
}

const source: Source = {
  component: 'words',
  stream: 'default',
  fields: [],
  number: 0,
  index: 0,
  named: () => ({}),
};

function toRoot({ spoutTask, root, edge }: Tree): RootEdge {
  const [{ high, low }, value] = [bits(root), bits(edge)];
  return { task: spoutTask, high, low, edgeHigh: value.high, edgeLow: value.low };
}

function fromRoot({ task, high, low, edgeHigh, edgeLow }: RootEdge): Tree {
  const root = hexadecimal(high, low).padStart(16, '0');
  return { spoutTask: task, root, edge: hexadecimal(edgeHigh, edgeLow) };
}

function tupleIn(trees: readonly Tree[]): NativeTuple {
  const tuple = new NativeTuple(source, 1, 2, []);
  tuple.setRoots(trees.map(toRoot));
  return tuple;
}

/** What settling a tuple sends, in any order. */
function deltasOf(tuple: NativeTuple, failed: boolean): readonly WireDelta[] {
  const deltas: WireDelta[] = [];
  const owner: RootOwner = {
    onDelta: (task, high, low, xorHigh, xorLow, isFail) =>
      deltas.push(fromDelta({ task, high, low, xorHigh, xorLow, failed: isFail })),
    onTree: () => {},
  };
  settle(tuple, failed, new Array<RootOwner>(16).fill(owner));
  return deltas;
}

describe('tuples and their trees', () => {
  it.each(titled('tuples'))('%s', (_, vector) => {
    const { received, emits, settles } = vector as TuplesVector;
    const tuples = received.map(tupleIn);
    for (const { anchors, edges, trees } of emits) {
      const tuple = new NativeTuple(source, 1, 2, []);
      const chosen = anchors.flatMap((index) => tuples[index] ?? []);
      anchor(tuple, chosen, new GivenEdges(edges));
      expect(tuple.allRoots().map(fromRoot)).toHaveLength(trees.length);
      expect(tuple.allRoots().map(fromRoot)).toEqual(expect.arrayContaining([...trees]));
      tuples.push(tuple);
    }
    for (const { tuple, by, deltas } of settles) {
      const sent = deltasOf(tuples[tuple] as NativeTuple, by === 'fail');
      expect(sent).toHaveLength(deltas.length);
      expect(sent).toEqual(expect.arrayContaining([...deltas]));
    }
  });
});
