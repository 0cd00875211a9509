import { Double, fitsLong, Int, Opaque } from './boxes.ts';
import { isPlainObject } from './plain.ts';

/** Lists and maps may lie so deep in one another; it also ends those that contain themselves. */
const valueDepthMax = 100;
/** What is sent has at least a byte of each value, and 64 MiB at most; a list counts as often as it is held. */
const valuesMax = 64 * 1024 * 1024;
const tooMany = `it holds more than ${valuesMax} values, or a list over and over`;

/**
 * Why a value cannot cross to another process, as the end of a sentence; null when it can. What can:
 * null and undefined (Java's null), booleans, strings, numbers, bigints of 64 bits, Double, Int,
 * Opaque, Uint8Array, Date, and arrays, Maps and plain objects of such values.
 */
export function problemOf(value: unknown): string | null {
  visited = 0;
  return problemAt(value, 0);
}

/** In lists and maps of the value that is looked at: nothing else is looked at meanwhile. */
let visited = 0;

function problemAt(value: unknown, depth: number): string | null {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'undefined':
      return null;
    case 'bigint':
      return fitsLong(value) ? null : `${value} is more than 64 bits`;
    case 'object':
      return value === null ? null : problemOfObject(value, depth);
    default:
      return `a ${typeof value} has no counterpart in Java`;
  }
}

function problemOfObject(value: object, depth: number): string | null {
  if (depth < valueDepthMax && isPlainObject(value)) return problemOfFields(value, depth);
  if (value instanceof Double || value instanceof Int || value instanceof Opaque) return null;
  if (value instanceof Uint8Array) return null;
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? 'a Date is invalid' : null;
  }
  if (depth === valueDepthMax) {
    return `it is more than ${valueDepthMax} levels deep, or contains itself`;
  }
  if (Array.isArray(value)) return firstProblem(value, depth);
  if (value instanceof Map) {
    return firstProblem(value.keys(), depth) ?? firstProblem(value.values(), depth);
  }
  return `an object of class ${classOf(value)} has no counterpart in Java; emit a plain object, a list or a map of what it holds`;
}

/** Without a list of them: every tuple that holds an object comes by here. */
function problemOfFields(value: Readonly<Record<string, unknown>>, depth: number): string | null {
  for (const name in value) {
    const problem = problemAt(value[name], depth + 1);
    if (problem !== null) return problem;
    visited += 1;
  }
  return visited > valuesMax ? tooMany : null;
}

function firstProblem(values: Iterable<unknown>, depth: number): string | null {
  for (const value of values) {
    const problem = problemAt(value, depth + 1);
    if (problem !== null) return problem;
    visited += 1;
  }
  return visited > valuesMax ? tooMany : null;
}

function classOf(value: object): string {
  const maker: unknown = value.constructor;
  return typeof maker === 'function' && maker.name !== '' ? maker.name : 'unknown';
}
