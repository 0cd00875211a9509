import { problemOf } from '../../storm-api/values/index.ts';
import type { OutputStream } from './emitter.ts';

/**
 * The values of an emit in the order of the stream's fields; a list has that order already.
 * @throws TypeError when a named field is missing or there are others, or when a value could not
 * cross to another process; refused even where it need not, so that no topology depends on placement
 */
export function listOf({ source }: OutputStream, values: object): readonly unknown[] {
  const { component, stream, fields } = source;
  // A copy of a list: what its owner does with it later must not change the tuple.
  const list: readonly unknown[] = Array.isArray(values)
    ? values.slice()
    : namedValues(source, values);
  for (let index = 0; index < list.length; index++) {
    const problem = problemOf(list[index]);
    if (problem === null) continue;
    throw new TypeError(
      `${component} emits to stream ${stream} a field ${fields[index] ?? index} that cannot cross to another process: ${problem}`,
    );
  }
  return list;
}

/** @throws TypeError when there are not as many values as the stream has fields */
export function requireFieldCount({ source }: OutputStream, values: readonly unknown[]): void {
  const { component, stream, fields } = source;
  if (values.length === fields.length) return;
  throw new TypeError(
    `${component} emits ${values.length} values to stream ${stream}, which has ${fields.length} fields`,
  );
}

function namedValues(
  { component, stream, fields }: OutputStream['source'],
  values: object,
): readonly unknown[] {
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
