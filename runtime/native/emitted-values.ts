import type { OutputStream } from './emitter.ts';

/**
 * The values of an emit in the order of the stream's fields; a list is in that order already.
 * @throws TypeError when one of the fields is missing or there are others
 */
export function listOf({ source }: OutputStream, values: object): readonly unknown[] {
  const { component, stream, fields } = source;
  if (Array.isArray(values)) {
    if (values.length === fields.length) return values;
    throw new TypeError(
      `${component} emits ${values.length} values to stream ${stream}, which has ${fields.length} fields`,
    );
  }
  const named = values as Readonly<Record<string, unknown>>;
  const list = fields.map((field) => {
    if (Object.hasOwn(named, field)) return named[field];
    throw new TypeError(`${component} emits to stream ${stream} without its field ${field}`);
  });
  const names = Object.keys(values);
  if (names.length > fields.length) {
    const extra = names.find((name) => !fields.includes(name));
    throw new TypeError(`stream ${stream} of ${component} has no field ${extra}`);
  }
  return list;
}
