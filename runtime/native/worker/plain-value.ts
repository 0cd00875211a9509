import { Double, Int, Opaque } from '../../../storm-api/values/index.ts';

const depthMax = 8;

/** A value of user code as JSON can show it; never throws. */
export function plainValue(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'undefined':
      return null;
    case 'object':
      return value === null ? null : plainObject(value, depth);
    default:
      return String(value);
  }
}

function plainObject(value: object, depth: number): unknown {
  if (depth === depthMax) return '…';
  try {
    if (Array.isArray(value)) return value.map((each) => plainValue(each, depth + 1));
    if (value instanceof Date) return value.toISOString();
    if (value instanceof Uint8Array) return [...value];
    if (value instanceof Double || value instanceof Int) return plainValue(value.value);
    if (value instanceof Opaque) return String(value);
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    return Object.fromEntries(
      entries.map(([key, each]) => [String(key), plainValue(each, depth + 1)]),
    );
  } catch {
    return '(cannot be shown)'; // a getter that throws, or an invalid date
  }
}
