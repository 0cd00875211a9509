import { Double, Int } from './boxes.ts';
import { isPlainObject } from './plain.ts';

/**
 * The value as code in TypeScript reads it: each Double and Int, however deep, as its number. The
 * value itself when it has none.
 */
export function unwrap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Double || value instanceof Int) return value.value;
  if (Array.isArray(value)) return unwrapAll(value);
  if (value instanceof Map) return unwrapMap(value);
  return isPlainObject(value) ? unwrapObject(value) : value;
}

/** Each value of a list unwrapped; the list itself when none of them changes. */
export function unwrapAll(list: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | null = null;
  for (let index = 0; index < list.length; index++) {
    const unwrapped = unwrap(list[index]);
    if (Object.is(unwrapped, list[index])) continue;
    copy ??= [...list];
    copy[index] = unwrapped;
  }
  return copy ?? list;
}

function unwrapMap(map: ReadonlyMap<unknown, unknown>): ReadonlyMap<unknown, unknown> {
  const keys = [...map.keys()];
  const values = [...map.values()];
  const [plainKeys, plainValues] = [unwrapAll(keys), unwrapAll(values)];
  if (plainKeys === keys && plainValues === values) return map;
  return new Map(plainKeys.map((key, index) => [key, plainValues[index]]));
}

function unwrapObject(object: Readonly<Record<string, unknown>>): object {
  const values = Object.values(object);
  const plain = unwrapAll(values);
  if (plain === values) return object;
  return Object.fromEntries(Object.keys(object).map((key, index) => [key, plain[index]]));
}
