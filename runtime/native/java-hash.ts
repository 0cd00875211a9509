import { Double, Int, isLong, Opaque } from '../../storm-api/values/index.ts';

/**
 * Java's hash codes of the values that cross between languages, so that fields grouping puts equal
 * values on the same task from either side: Arrays.deepHashCode, as Storm's fields grouping does
 * from 0.10 on. 0.9 has List.hashCode, which differs for arrays only: it takes their identity, and
 * any other hash is as good as that.
 */
export function deepHash(values: readonly unknown[]): number {
  let hash = 1;
  for (const value of values) hash = (Math.imul(31, hash) + hashOf(value)) | 0;
  return hash;
}

/** @throws TypeError for a value that has no counterpart in Java, such as a function */
export function hashOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return hashOfString(value);
    case 'number':
      return hashOfNumber(value);
    case 'boolean':
      return value ? 1231 : 1237;
    case 'bigint':
      return hashOfLong(value);
    case 'undefined':
      return 0;
    case 'object':
      return hashOfObject(value);
    default:
      throw new TypeError(`a ${typeof value} cannot be a field that tuples are grouped by`);
  }
}

function hashOfString(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  }
  return hash;
}

/** A whole number is a Long, any other a Double. */
function hashOfNumber(value: number): number {
  if (isLong(value)) {
    const high = Math.floor(value / 0x1_0000_0000);
    return (high ^ value) | 0;
  }
  return hashOfDouble(value);
}

const bits = new DataView(new ArrayBuffer(8));

function hashOfDouble(value: number): number {
  bits.setFloat64(0, value);
  return bits.getInt32(0) ^ bits.getInt32(4);
}

function hashOfLong(value: bigint): number {
  bits.setBigInt64(0, value);
  return bits.getInt32(0) ^ bits.getInt32(4);
}

function hashOfObject(value: object | null): number {
  if (value === null) return 0;
  if (Array.isArray(value)) return deepHash(value);
  if (value instanceof Double) return hashOfDouble(value.value);
  if (value instanceof Int) return value.value;
  if (value instanceof Opaque) return value.hash;
  if (value instanceof Uint8Array) return hashOfBytes(value);
  if (value instanceof Date) return hashOfLong(BigInt(value.getTime()));
  const entries = value instanceof Map ? value : Object.entries(value);
  let hash = 0;
  for (const [key, each] of entries) hash = (hash + (hashOf(key) ^ hashOf(each))) | 0;
  return hash;
}

function hashOfBytes(bytes: Uint8Array): number {
  let hash = 1;
  for (const byte of bytes) hash = (Math.imul(31, hash) + ((byte << 24) >> 24)) | 0;
  return hash;
}
