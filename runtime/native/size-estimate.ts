/** Of a tuple beside its values. */
const tupleBytes = 200;
const referenceBytes = 8;
const elementsSampled = 4;
const depthMax = 4;

/**
 * About what a tuple of these values holds, in bytes: text and bytes are measured, lists, maps and
 * objects by their first elements, a few levels deep.
 */
export function estimateBytes(list: readonly unknown[]): number {
  let bytes = tupleBytes;
  for (let index = 0; index < list.length; index++) {
    const value = list[index];
    bytes += typeof value === 'string' ? value.length : sizeOf(value, 0);
  }
  return bytes;
}

function sizeOf(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return referenceBytes;
  if (value instanceof Uint8Array) return value.byteLength;
  if (depth === depthMax) return 0;
  if (Array.isArray(value)) return sampled(value, value.length, depth);
  if (value instanceof Map) {
    return sampled(value.keys(), value.size, depth) + sampled(value.values(), value.size, depth);
  }
  return sizeOfFields(value as Readonly<Record<string, unknown>>, depth);
}

/** Without a list of them: every tuple that holds an object comes by here. */
function sizeOfFields(value: Readonly<Record<string, unknown>>, depth: number): number {
  let bytes = 0;
  let fields = 0;
  for (const name in value) {
    if (fields < elementsSampled) bytes += sizeOf(value[name], depth + 1);
    fields += 1;
  }
  if (fields === 0) return 0;
  return Math.ceil(fields * (bytes / Math.min(fields, elementsSampled) + referenceBytes));
}

/** As many bytes as if all were like the first few. */
function sampled(elements: Iterable<unknown>, size: number, depth: number): number {
  let bytes = 0;
  let looked = 0;
  for (const element of elements) {
    if (looked === elementsSampled) break;
    bytes += sizeOf(element, depth + 1);
    looked += 1;
  }
  return looked === 0 ? 0 : Math.ceil(size * (bytes / looked + referenceBytes));
}
