import { readFileSync } from 'node:fs';
import { Double, Int, Opaque } from '../../storm-api/values/index.ts';

/** One line of conformance-tests/golden/values.ndjson. */
export interface ValueVector {
  readonly name: string;
  readonly value: unknown;
  /** Languages that write it so; every one reads it. */
  readonly from: readonly string[];
  /** Of a tuple with this one value, in hexadecimal. */
  readonly bytes: string;
  readonly hash: number;
}

/** The vectors that every language replays. */
export function valueVectors(): readonly ValueVector[] {
  const file = new URL('../../conformance-tests/golden/values.ndjson', import.meta.url);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const vector = JSON.parse(line) as ValueVector & { readonly value: Tagged };
    return { ...vector, value: untagged(vector.value) };
  });
}

/** A value as the file has it: the name of its kind, and what JSON can hold of it. */
type Tagged = readonly [kind: string, content: unknown];

function untagged([kind, content]: Tagged): unknown {
  switch (kind) {
    case 'null':
      return null;
    case 'boolean':
    case 'string':
      return content;
    case 'codeUnits':
      return String.fromCharCode(...(content as number[]));
    case 'long':
      return longOf(content as string);
    case 'bigint':
      return BigInt(content as string);
    case 'double':
      return doubleOf(Number(content));
    case 'int':
      return new Int(content as number);
    case 'bytes':
      return new Uint8Array(Buffer.from(content as string, 'hex'));
    case 'date':
      return new Date(Number(content));
    case 'list':
      return (content as Tagged[]).map(untagged);
    case 'map':
      return new Map(entriesOf(content));
    case 'object':
      return Object.fromEntries(entriesOf(content) as [string, unknown][]);
    case 'opaque':
      return opaqueOf(content as OpaqueContent);
    default:
      throw new RangeError(`no value is of kind ${kind}`);
  }
}

interface OpaqueContent {
  readonly className: string;
  readonly hash: number;
  readonly bytes: string;
  /** Of a number. */
  readonly digits?: string;
}

function longOf(text: string): number | bigint {
  return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text);
}

function doubleOf(value: number): number | Double {
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? new Double(value) : value;
}

function entriesOf(content: unknown): [unknown, unknown][] {
  return (content as [Tagged, Tagged][]).map(([key, value]) => [untagged(key), untagged(value)]);
}

function opaqueOf({ className, hash, bytes, digits }: OpaqueContent): Opaque {
  return new Opaque(className, hash, new Uint8Array(Buffer.from(bytes, 'hex')), digits);
}
